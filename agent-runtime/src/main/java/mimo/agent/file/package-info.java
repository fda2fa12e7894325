/// The workspace as agents and scripts may see it.
///
/// Every path passes the one [mimo.agent.file.PathGuard]; walks and reads go through folders it
/// opened, so nothing outside is reached even while links change.
@NullMarked
package mimo.agent.file;

import org.jspecify.annotations.NullMarked;
