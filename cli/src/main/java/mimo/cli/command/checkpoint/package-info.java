/// `mimo checkpoint …`: the state that is kept of sessions.
///
/// One command a class: it lists checkpoints, shows one or where its items are from, and writes one
/// for a session that has none. [mimo.cli.command.checkpoint.CheckpointDesk] finds the files and
/// reads what was said; the commands only ask it.
@NullMarked
package mimo.cli.command.checkpoint;

import org.jspecify.annotations.NullMarked;
