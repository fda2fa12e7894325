package mimo.agent.command;

/// Takes the output of one command, of whatever length, within bounded memory. Thread-safe.
public interface OutputSink extends AutoCloseable {

  /// Takes the first `length` bytes of `bytes`, which the caller uses again.
  void accept(byte[] bytes, int length);

  /// What a model is shown of it so far.
  String text();

  /// No more will come.
  @Override
  void close();
}
