package mimo.cli.mcp;

import java.util.function.Supplier;
import mimo.cli.command.Runs;
import mimo.cli.script.Scripts;

/// The workflows and runs that mimo offers as a server.
///
/// @param runs makes a way to the runs; called once for each use
/// @param scripts where nobody is asked whether a repository is trusted
public record ServedWorkflows(Supplier<Runs> runs, Scripts scripts) {}
