package mimo.cli.command.runs;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import mimo.cli.error.CommandException;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;
import org.jspecify.annotations.Nullable;

/// After which event a stream is to begin, as `--from` names it by its id.
///
/// @param number 0 for the beginning
record EventPlace(String run, long number) {

  static final EventPlace BEGINNING = new EventPlace("", 0);

  private static final Pattern ID = Pattern.compile("([0-9a-f]{12}):(\\d{1,9}):(\\d{1,18})");

  /// @param id null for the beginning
  static EventPlace parse(@Nullable String id) {
    if (id == null) {
      return BEGINNING;
    }
    var parts = ID.matcher(id);
    if (!parts.matches()) {
      throw new CommandException(
          "usage", "--from is an event's id, such as 7f3a90b1c2d4:0:41; found '" + id + "'");
    }
    return new EventPlace(parts.group(1), Long.parseLong(parts.group(3)));
  }

  /// Refuses a place that is in none of these runs: what is shown would begin elsewhere, unsaid.
  ///
  /// @param last the number of a run's last event so far
  void requireIn(List<RunId> runs, ToLongFunction<RunId> last) {
    if (equals(BEGINNING)) {
      return;
    }
    var own =
        runs.stream()
            .filter(watched -> watched.value().equals(run))
            .findFirst()
            .orElseThrow(() ->
                new CommandException(
                    "usage", "--from names an event of run " + run + ", which is not watched"));
    long known = last.applyAsLong(own);
    if (number > known) {
      throw new CommandException(
          "usage",
          "--from: run %s has no event %d; its last one is %d".formatted(run, number, known));
    }
  }

  /// Whether the event is one to be shown; what it says holds for events of its own run.
  boolean isBefore(RecordedEvent event) {
    return !event.run().value().equals(run) || event.number() > number;
  }
}
