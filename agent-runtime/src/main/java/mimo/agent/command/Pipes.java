package mimo.agent.command;

/// What a command is given to read, and where what it says goes.
///
/// @param input on its standard input
/// @param output takes its standard output
/// @param errors takes its standard error
public record Pipes(String input, OutputSink output, OutputSink errors) {}
