package mimo.agent.guard;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.estimate.RequestEstimate;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Listens to one reply while it comes, and cuts it once it only repeats itself (LG1). What was
/// said until then is the reply, and what it used is an estimate: nobody counts what is cut.
/// Thread-safe.
public final class WatchedReply implements StreamListener {

  private final ReentrantLock lock = new ReentrantLock();
  private final CancellationSource cut = new CancellationSource();
  private final ModelRequest request;
  private final StreamListener listener;
  private final StringBuilder said = new StringBuilder();
  private int heardChars;
  private Repetition text = new Repetition();
  private Repetition thought = new Repetition();
  private @Nullable Integer end;

  private WatchedReply(ModelRequest request, StreamListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /// Asks as the provider does; a reply that repeats itself ends as [Finish#REPEATED].
  ///
  /// @throws InterruptedException if cancelled
  public static ModelReply ask(
      Provider provider,
      ModelRequest request,
      StreamListener listener,
      RequestEstimate estimate,
      CancellationToken cancellation)
      throws InterruptedException {
    var watched = new WatchedReply(request, listener);
    try {
      var reply = provider.ask(request, watched, cancellation.or(watched.cut));
      if (!watched.cut.isCancelled()) {
        return reply;
      }
      return watched.reply(
          reply instanceof ModelReply.Completed(_, _, var usage) ? usage : watched.usage(estimate));
    } catch (InterruptedException stopped) {
      if (cancellation.isCancelled() || !watched.cut.isCancelled()) {
        throw stopped;
      }
      return watched.reply(watched.usage(estimate));
    }
  }

  private TokenUsage usage(RequestEstimate estimate) {
    lock.lock();
    try {
      var whole = estimate.of(request);
      return new TokenUsage(whole.input(), estimate.replied(heardChars), 0, whole.cacheRead());
    } finally {
      lock.unlock();
    }
  }

  private ModelReply reply(TokenUsage usage) {
    lock.lock();
    try {
      var words = said.substring(0, end == null ? said.length() : end).strip();
      List<Content> content = words.isEmpty() ? List.of() : List.of(new Content.Text(words));
      return new ModelReply.Completed(content, Finish.REPEATED, usage);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void text(String delta) {
    if (heard(delta, true)) {
      listener.text(delta);
    }
  }

  @Override
  public void reasoning(String delta) {
    if (heard(delta, false)) {
      listener.reasoning(delta);
    }
  }

  /// @return whether it is still worth hearing
  private boolean heard(String delta, boolean aloud) {
    OptionalInt found;
    lock.lock();
    try {
      if (cut.isCancelled()) {
        return false;
      }
      heardChars += delta.length();
      if (aloud) {
        said.append(delta);
      }
      found = (aloud ? text : thought).heard(delta);
      if (found.isPresent() && aloud) {
        end = found.getAsInt();
      }
    } finally {
      lock.unlock();
    }
    if (found.isPresent()) {
      cut.cancel();
    }
    return found.isEmpty();
  }

  @Override
  public void restarted(String reason, Duration delay) {
    lock.lock();
    try {
      said.setLength(0);
      text = new Repetition();
      thought = new Repetition();
    } finally {
      lock.unlock();
    }
    listener.restarted(reason, delay);
  }
}
