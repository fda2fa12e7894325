package mimo.engine;

/// Says whether work should stop, and tells whoever asked to be told. Thread-safe.
///
/// There are two kinds: [#never()], and the token of a [CancellationSource]. A cancelled token
/// stays cancelled.
public sealed interface CancellationToken permits CancellationSource, NeverCancelled {

  boolean isCancelled();

  /// Runs `action` once, on the cancelling thread, when this token is cancelled; at once if it
  /// already is. Closing the registration forgets the action. Actions must be quick and not throw.
  Registration onCancel(Runnable action);

  /// A token that is never cancelled.
  static CancellationToken never() {
    return NeverCancelled.INSTANCE;
  }

  /// Undoes one [#onCancel].
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
