package mimo.cli.doctor;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;

/// How mimo may show things.
///
/// @param names the character set of file names
public record TerminalCheck(
    Terminal terminal, Map<String, String> environment, Supplier<WindowSize> window, Charset names)
    implements Check {

  @Override
  public String area() {
    return "terminal";
  }

  @Override
  public List<Finding> look() {
    return List.of(channel(), locale());
  }

  private Finding channel() {
    if (terminal.errChannel() == Channel.PIPE) {
      return Finding.ok(area(), "standard error is no terminal: no colours, progress as lines");
    }
    var colours = terminal.errStyle(environment) == Style.COLOUR ? "colours" : "no colours";
    return Finding.ok(
        area(),
        colours
            + ", "
            + window.get().columns()
            + " columns, TERM "
            + environment.getOrDefault("TERM", "is not set"));
  }

  private Finding locale() {
    return names.equals(StandardCharsets.UTF_8)
        ? Finding.ok(area(), "file names are UTF-8")
        : Finding.warn(
            area(),
            "file names are " + names + ": a name with other characters cannot be opened",
            "set LC_CTYPE to a UTF-8 locale, for example C.UTF-8.");
  }
}
