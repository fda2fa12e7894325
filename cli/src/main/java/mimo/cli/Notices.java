package mimo.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.TerminalText;

/// Lines about what the user did not ask but should know, such as a setting that is ignored. They
/// go to stderr, unless the user wants quiet.
final class Notices {

  private static final int MOST_CHARS = 400;

  private static final int REMEMBERED = 1_000;

  private final Terminal terminal;
  private final boolean wanted;

  /// What was told, so that nobody is told the same twice.
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /// @param wanted whether the user wants to read them
  Notices(Terminal terminal, boolean wanted) {
    this.terminal = terminal;
    this.wanted = wanted;
  }

  /// Tells one.
  void tell(String text) {
    if (wanted && (told.size() >= REMEMBERED || told.add(text))) {
      terminal.err().print("mimo: " + TerminalText.cut(text, MOST_CHARS) + "\n");
    }
  }
}
