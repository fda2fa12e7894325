package mimo.engine;

import java.time.temporal.ChronoUnit;
import java.util.List;
import mimo.engine.journal.AppendLine;
import mimo.engine.journal.SessionEntry;
import mimo.engine.journal.StreamId;

/// A session in the journal: a stream of its own, written in one line with the run's (D25).
/// Thread-safe.
///
/// Writing does not wait, so that what belongs together shares a commit: a reply and the start of
/// the calls it makes, the last result and the end of the step. Whoever is about to act waits once,
/// for all of it.
final class JournaledSession implements Session {

  private final StreamId stream;
  private final RunSessions run;
  private final AppendLine line;

  /// Whether the journal may hold something; a step of a new run need not look.
  private volatile boolean written;

  JournaledSession(StreamId stream, RunSessions run) {
    this.stream = stream;
    this.run = run;
    this.line = new AppendLine(run.broken());
    this.written = run.lease().head() > 0;
  }

  @Override
  public List<SessionEntry> recorded() throws InterruptedException {
    if (!written) {
      return List.of();
    }
    awaitDurable();
    return new SessionReader(run.journal()).read(stream);
  }

  @Override
  public SessionEntry append(String type, String json) {
    var at = run.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var encoded = run.codec().encode(new SessionEntry(type, json, at));
    written = true;
    line.append(
        heard -> run.journal().append(run.lease(), stream, List.of(encoded.record()), heard));
    return encoded.stored();
  }

  @Override
  public void awaitDurable() throws InterruptedException {
    line.awaitDurable();
  }
}
