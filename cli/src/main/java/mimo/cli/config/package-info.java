/// What mimo is told by files and environment: where its folders are and how it is configured.
///
/// A configuration file is read into a [Configuration] once, at the door; what it says wrongly is
/// refused with its line and column. Only the user's own files are read here.
@NullMarked
package mimo.cli.config;

import org.jspecify.annotations.NullMarked;
