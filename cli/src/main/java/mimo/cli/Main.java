package mimo.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import org.jspecify.annotations.Nullable;

/// Where the process begins and ends.
public final class Main {

  private Main() {}

  /// Runs the command that the words of the command line mean, and exits with its code.
  public static void main(String[] words) {
    var out = stream(new StandardOutput());
    // Answered before any library loads: this path is timed.
    if (words.length == 1 && (words[0].equals("--version") || words[0].equals("-V"))) {
      out.println(BuildVersion.current().line(System.getProperty("java.version")));
      if (out.checkError()) {
        Runtime.getRuntime().halt(ExitCode.FAILURE.number());
      }
      return;
    }
    var channels = System.getProperty("mimo.terminals", "");
    var err = stream(new FileOutputStream(FileDescriptor.err));
    var terminal =
        new Terminal(
            out, channel(channels, "out"), err, channel(channels, "err"), keyboard(channels));
    var exit = run(terminal, List.of(words));
    err.flush();
    // Everything durable is written; threads that still wait for a network need not be.
    Runtime.getRuntime().halt(exit.number());
  }

  /// Runs one command to its end.
  static ExitCode run(Terminal terminal, List<String> words) {
    try (var ahead = HeadStart.of(words, Installation.ofThisProcess())) {
      return new MimoCommand(Outset.setting(terminal, ahead, notices(terminal, words))).run(words);
    }
  }

  /// Known before the words are understood: notices may come from the configuration.
  private static Notices notices(Terminal terminal, List<String> words) {
    return new Notices(terminal, !words.contains("--quiet"));
  }

  private static @Nullable BufferedReader keyboard(String terminals) {
    return channel(terminals, "in") == Channel.TERMINAL
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : null;
  }

  private static Channel channel(String terminals, String name) {
    return List.of(terminals.split(",", -1)).contains(name) ? Channel.TERMINAL : Channel.PIPE;
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }
}
