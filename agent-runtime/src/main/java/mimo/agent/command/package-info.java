/// Processes that agents start: commands of the shell and git, each within its walls.
///
/// A [mimo.agent.command.Confinement] says how a command is walled in, and
/// [mimo.agent.command.Commands] starts it, reads its output within bounds and sees to its end.
/// Whether a command may run at all is decided elsewhere.
@NullMarked
package mimo.agent.command;

import org.jspecify.annotations.NullMarked;
