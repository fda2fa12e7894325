package mimo.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;

/// The program playing itself through in one process, for the AOT cache that is recorded of it: the
/// ways people go most.
final class Rehearsal {

  private Rehearsal() {}

  /// @param words a script, and a model that is reached by HTTP
  public static void main(String[] words) {
    var out = new PrintStream(new StandardOutput(), false, StandardCharsets.UTF_8);
    // A terminal for progress: the picture it paints has more to load than plain lines have.
    var shown = new Terminal(out, Channel.PIPE, out, Channel.TERMINAL);
    var piped = new Terminal(out, Channel.PIPE, out, Channel.PIPE);
    play(piped, "compose", words[0], "--model", "offline");
    play(shown, "compose", words[0], "--model", words[1]);
    play(piped, "compose", words[0], "--model", words[1], "--format", "stream-json");
    play(piped, "run", "hello", "--model", words[1]);
    play(piped, "run", "--continue", "look", "around", "--model", "offline");
    play(piped, "run", "change the rehearsal", "--model", words[1]);
    play(piped, "runs", "list");
    play(piped, "workflows", "list");
    play(piped, "--help");
    out.flush();
    Runtime.getRuntime().halt(ExitCode.OK.number());
  }

  private static void play(Terminal terminal, String... words) {
    var exit = Main.run(terminal, List.of(words));
    if (exit != ExitCode.OK) {
      terminal.out().flush();
      Runtime.getRuntime().halt(exit.number());
    }
  }
}
