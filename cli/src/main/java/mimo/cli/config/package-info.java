/// What mimo is told by files and environment: where its folders are and how it is configured.
///
/// All sources are read into a [Configured] once, at the door; what they say wrongly is refused
/// with its line and column. [ConfigKeys] is the one table that parser, schema and documents
/// follow.
@NullMarked
package mimo.cli.config;

import org.jspecify.annotations.NullMarked;
