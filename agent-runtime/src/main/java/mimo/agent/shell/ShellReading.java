package mimo.agent.shell;

import java.util.List;

/// What a command line was read as.
public sealed interface ShellReading {

  /// Every command that may run, in the order in which they are written; what wrappers such as
  /// `env` or `xargs` run stands in their place or beside them.
  record Parsed(List<SimpleCommand> commands) implements ShellReading {
    public Parsed {
      commands = List.copyOf(commands);
    }
  }

  /// It is no command line, or one that this reader does not understand whole.
  record Unparsable(String reason) implements ShellReading {}

  /// Reads a command line of bash.
  static ShellReading of(String text) {
    try {
      return new Parsed(Wrappers.seenThrough(ShellParser.parse(text, 0), 0));
    } catch (UnparsableException unclear) {
      return new Unparsable(unclear.reason());
    }
  }

  /// The commands as they are written, whatever they wrap.
  static ShellReading plain(String text) {
    try {
      return new Parsed(ShellParser.parse(text, 0));
    } catch (UnparsableException unclear) {
      return new Unparsable(unclear.reason());
    }
  }
}
