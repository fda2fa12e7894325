/// `mimo runs …`: looks at runs and acts on them.
///
/// Each subcommand is a class that parses its words and hands over to [mimo.cli.command.Runs]; what
/// it prints stands in `mimo.cli.terminal`.
@NullMarked
package mimo.cli.command.runs;

import org.jspecify.annotations.NullMarked;
