/// The commands that talk to an agent outside any workflow, and those that look after what was
/// said.
///
/// [mimo.cli.command.session.RunCommand] asks one thing and prints one answer; the others list,
/// show, copy and remove sessions, and count what they cost.
@NullMarked
package mimo.cli.command.session;

import org.jspecify.annotations.NullMarked;
