/// Workflows that come with mimo.
///
/// Each is a folder of resources: the script, its README and the schema of its arguments. A script
/// here has no more rights than one a user writes.
@NullMarked
package mimo.workflows;

import org.jspecify.annotations.NullMarked;
