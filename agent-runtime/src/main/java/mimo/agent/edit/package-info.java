/// Changing text by quoting it.
///
/// A file is seen as a reader sees it, without BOM and with LF alone; edits are found there and
/// made in the bytes, of which nothing else changes. What cannot be found is answered with what
/// comes closest.
@NullMarked
package mimo.agent.edit;

import org.jspecify.annotations.NullMarked;
