package mimo.cli.terminal;

import java.util.List;
import mimo.engine.RunId;
import mimo.engine.journal.SessionEntry;

/// The session of one step as JSON, whole.
///
/// @param step the number of the step in its run
public record SessionJson(RunId run, int step, List<SessionEntry> entries) {

  public SessionJson {
    entries = List.copyOf(entries);
  }

  /// All of it as one object.
  public String object() {
    return SessionEntries.object(
        json -> {
          json.writeStringField("run", run.value());
          json.writeNumberField("step", step);
        },
        entries);
  }

  /// One object for each entry.
  public List<String> lines() {
    return SessionEntries.lines(entries);
  }
}
