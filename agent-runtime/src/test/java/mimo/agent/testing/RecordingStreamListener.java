package mimo.agent.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mimo.agent.provider.StreamListener;

/// Remembers what a stream says, one line for each call. Thread-safe.
public final class RecordingStreamListener implements StreamListener {

  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Override
  public void text(String delta) {
    heard.add("text " + delta);
  }

  @Override
  public void reasoning(String delta) {
    heard.add("reasoning " + delta);
  }

  @Override
  public void restarted(String reason, Duration delay) {
    heard.add("restarted after " + delay.toMillis() + " ms: " + reason);
  }

  public List<String> heard() {
    return List.copyOf(heard);
  }
}
