package mimo.agent.provider.retry;

import static mimo.agent.provider.ProviderLimits.FIRST_DELAY;
import static mimo.agent.provider.ProviderLimits.LONGEST_DELAY;
import static mimo.agent.provider.ProviderLimits.LONGEST_RETRY_AFTER;
import static mimo.agent.provider.ProviderLimits.REQUEST_TRIES;
import static mimo.agent.provider.ProviderLimits.STREAM_TRIES;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.retry.Tried.Answered;
import mimo.agent.provider.retry.Tried.Hopeless;
import mimo.agent.provider.retry.Tried.RequestFailed;
import mimo.agent.provider.retry.Tried.StreamBroke;
import mimo.engine.CancellationToken;

/// Tries until a reply is whole or trying has no more sense. Thread-safe if its `random` is.
///
/// Requests and streams are counted apart: a stream that broke was a request that got through, so
/// the next request has all its tries again. The product of both limits bounds the whole.
public final class RetryLoop {

  private final Pause pause;
  private final RandomGenerator random;
  private final InstantSource clock;

  public RetryLoop(Pause pause, RandomGenerator random, InstantSource clock) {
    this.pause = pause;
    this.random = random;
    this.clock = clock;
  }

  /// One try after the other.
  public interface Tries {
    Tried next() throws InterruptedException;
  }

  /// Takes tries until one settles it.
  ///
  /// @throws InterruptedException if cancelled, also between tries
  public ModelReply run(Tries tries, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    int failedRequests = 0;
    int brokenStreams = 0;
    while (true) {
      switch (tries.next()) {
        case Answered(var reply) -> {
          return reply;
        }
        case Hopeless(var code, var message) -> {
          return new ModelReply.Faulted(code, message);
        }
        case RequestFailed failed -> {
          failedRequests++;
          var asked = failed.retryAfter();
          if (asked != null && asked.compareTo(LONGEST_RETRY_AFTER) > 0) {
            return usageLimit(failed.message(), asked);
          }
          if (failedRequests == REQUEST_TRIES) {
            return exhausted(failed.code(), failed.message(), failedRequests);
          }
          var delay = asked != null ? asked : jitter(failedRequests);
          again(failed.message(), delay, listener, cancellation);
        }
        case StreamBroke(var message) -> {
          brokenStreams++;
          failedRequests = 0;
          if (brokenStreams == STREAM_TRIES) {
            return exhausted("stream_broken", message, brokenStreams);
          }
          again(message, jitter(brokenStreams), listener, cancellation);
        }
      }
    }
  }

  private void again(
      String reason, Duration delay, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    if (cancellation.isCancelled()) {
      throw new InterruptedException("cancelled between two tries");
    }
    listener.restarted(reason, delay);
    pause.await(delay, cancellation);
  }

  /// Uniform from nothing to a bound that doubles, so that many agents do not return at once.
  private Duration jitter(int failures) {
    long bound = FIRST_DELAY.toMillis() << (failures - 1);
    return Duration.ofMillis(random.nextLong(Math.min(bound, LONGEST_DELAY.toMillis()) + 1));
  }

  private ModelReply usageLimit(String message, Duration wait) {
    var until = clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    return new ModelReply.Faulted(
        "usage_limit",
        "%s It asks to wait %d s, until %s. Resume then, or choose another model."
            .formatted(message, wait.toSeconds(), until),
        until);
  }

  private static ModelReply exhausted(String code, String message, int tries) {
    return new ModelReply.Faulted(code, message + " Tried " + tries + " times.");
  }
}
