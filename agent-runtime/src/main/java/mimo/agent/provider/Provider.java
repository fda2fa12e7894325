package mimo.agent.provider;

import mimo.engine.CancellationToken;

/// A source of model replies. Thread-safe.
public interface Provider {

  /// The name before the slash in `provider/model`.
  String id();

  /// Asks a model for one reply and returns when its terminal event has arrived, or when trying
  /// again has no more sense. Never throws for what a provider or network does: that is a
  /// [ModelReply.Faulted]. Deltas reach `listener` while they arrive and may be shown; nothing acts
  /// on them, and a repeated try is announced by [StreamListener#restarted].
  ///
  /// @throws InterruptedException if cancelled, within 200 ms
  ModelReply ask(ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException;
}
