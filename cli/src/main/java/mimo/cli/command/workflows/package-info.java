/// `mimo workflows …`: finds, shows, checks, writes and copies scripts.
///
/// Each subcommand is a class that parses its words and hands over to [mimo.cli.command.Runs],
/// which compiles, and to [mimo.cli.script.Scripts], which finds.
@NullMarked
package mimo.cli.command.workflows;

import org.jspecify.annotations.NullMarked;
