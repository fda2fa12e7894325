package mimo.engine.testing;

import java.util.ArrayList;
import java.util.List;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunListener;

/// Remembers everything it hears. Thread-safe.
public final class RecordingListener implements RunListener {

  private final List<RecordedEvent> heard = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Integer> started = new ArrayList<>();

  @Override
  public synchronized void recorded(RecordedEvent recorded) {
    numbers.add(recorded.number());
    events.add(recorded.event());
    heard.add(recorded);
  }

  @Override
  public synchronized void stepStarted(RunId run, int seq) {
    started.add(seq);
  }

  public synchronized List<RecordedEvent> heard() {
    return List.copyOf(heard);
  }

  public synchronized List<Long> numbers() {
    return List.copyOf(numbers);
  }

  public synchronized List<RunEvent> events() {
    return List.copyOf(events);
  }

  public synchronized List<Integer> started() {
    return List.copyOf(started);
  }
}
