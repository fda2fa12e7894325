package mimo.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.Failure;
import mimo.cli.error.SourceExcerpt;

/// Shows a failure to a person: number and name, place, message, the line at fault, the remedy.
public final class ErrorPrinter {

  private final ErrorTable table;
  private final Style style;

  public ErrorPrinter(ErrorTable table, Style style) {
    this.table = table;
    this.style = style;
  }

  /// Shows what a parked run waits for: the remedy ends with how to resume it.
  public List<String> parked(Failure failure) {
    var lines = new ArrayList<>(lines(failure));
    var resume = "mimo runs resume " + failure.run();
    if (!lines.getLast().contains(resume)) {
      lines.add("→ then: " + resume);
    }
    return lines;
  }

  public List<String> lines(Failure failure) {
    return lines(failure, table.find(failure.code()).remedyFor(failure.run()));
  }

  /// The same for a failure of a session, which the failure names in the place of a run.
  public List<String> ofSession(Failure failure) {
    return lines(failure, table.find(failure.code()).remedyForSession(failure.run()));
  }

  private List<String> lines(Failure failure, String remedy) {
    var entry = table.find(failure.code());
    var place = failure.position() == null ? "" : failure.position() + ": ";
    // A name that is not in the table still has to be seen.
    var unlisted = entry.name().equals(failure.code()) ? "" : failure.code() + ": ";
    var lines = new ArrayList<String>();
    lines.add(
        style.red(entry.title() + ":")
            + " "
            + TerminalText.visible(place + unlisted + failure.message()));
    if (failure.position() != null && failure.source() != null) {
      SourceExcerpt.of(failure.source(), failure.position()).stream()
          .map(TerminalText::visible)
          .forEach(lines::add);
    }
    lines.add("→ " + TerminalText.visible(remedy));
    return lines;
  }
}
