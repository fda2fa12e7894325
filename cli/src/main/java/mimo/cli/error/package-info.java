/// How failures look from outside: a number, a name, a remedy, an exit code.
///
/// [ErrorTable] is the one list of them, [ExitCode] the few numbers a shell sees. A
/// [CommandException] carries a failure to the place that prints it.
@NullMarked
package mimo.cli.error;

import org.jspecify.annotations.NullMarked;
