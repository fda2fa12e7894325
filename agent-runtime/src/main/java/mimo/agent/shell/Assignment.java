package mimo.agent.shell;

/// A variable that is set, for one command or from here on.
public record Assignment(String name, Word value) {}
