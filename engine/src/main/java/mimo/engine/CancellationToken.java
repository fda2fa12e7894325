package mimo.engine;

/// Says whether work should stop, and tells whoever asked to be told. Thread-safe.
///
/// There are three kinds: [#never()], the token of a [CancellationSource], and the first of two to
/// be cancelled. A cancelled token stays cancelled.
public sealed interface CancellationToken permits CancellationSource, EitherToken, NeverCancelled {

  boolean isCancelled();

  /// Runs `action` once, on the cancelling thread, when this token is cancelled; at once if it
  /// already is. Closing the registration forgets the action. Actions must be quick and not throw.
  Registration onCancel(Runnable action);

  /// A token that is never cancelled.
  static CancellationToken never() {
    return NeverCancelled.INSTANCE;
  }

  /// A token that is cancelled as soon as this or the other is.
  default CancellationToken or(CancellationToken other) {
    return new EitherToken(this, other);
  }

  /// Undoes one [#onCancel].
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
