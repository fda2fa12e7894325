package mimo.agent.proposal;

import java.time.Duration;
import java.time.Instant;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.offline.OfflineProvider;

/// What is to be looked at, and by whom.
///
/// @param days that are looked back
/// @param model who is asked; the offline one means nobody
public record Wish(int days, Resolution.Resolved model, Untrusted untrusted) {

  /// Whether the model is shown what is from the web and tools of others.
  public enum Untrusted {
    LEFT_OUT,
    SHOWN
  }

  /// Whether anybody is asked.
  public boolean asks() {
    return !model.provider().id().equals(OfflineProvider.ID);
  }

  /// From when on sessions are looked at.
  public Instant since(Instant now) {
    return now.minus(Duration.ofDays(days));
  }
}
