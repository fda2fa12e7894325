package mimo.agent.provider;

import java.time.Duration;

/// Hears a reply while it arrives. What it hears is ephemeral.
public interface StreamListener {

  /// A piece of the model's text.
  void text(String delta);

  /// A piece of the model's reasoning.
  void reasoning(String delta);

  /// The try failed and the same request is sent again after `delay`; deltas heard so far are void.
  void restarted(String reason, Duration delay);
}
