package mimo.cli.terminal;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The two streams a command writes to, and what stands behind each.
///
/// @param out for the result, and nothing else
/// @param err for progress, notices and errors
/// @param input what somebody types; null unless standard input is a terminal
public record Terminal(
    PrintStream out,
    Channel outChannel,
    PrintStream err,
    Channel errChannel,
    @Nullable BufferedReader input) {

  /// Streams without a keyboard.
  public Terminal(PrintStream out, Channel outChannel, PrintStream err, Channel errChannel) {
    this(out, outChannel, err, errChannel, null);
  }

  /// What a stream leads to.
  public enum Channel {
    TERMINAL,
    PIPE
  }

  /// Writes a piece of the result. A file or another program gets it as it is; a terminal is
  /// protected from it.
  public void print(String text) {
    out.print(outChannel == Channel.TERMINAL ? TerminalText.visible(text) : text);
    out.flush();
  }

  /// How stderr sets words apart.
  public Style errStyle(Map<String, String> environment) {
    return style(errChannel, environment);
  }

  /// How stdout sets words apart, where a command shows something there for people.
  public Style outStyle(Map<String, String> environment) {
    return style(outChannel, environment);
  }

  /// Colour is for a terminal that can show it and a user who has not declined (A67).
  private static Style style(Channel channel, Map<String, String> environment) {
    boolean declined =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return channel == Channel.TERMINAL && !declined ? Style.COLOUR : Style.PLAIN;
  }
}
