package mimo.engine.journal;

/// The right of this process to append to one stream, until it is closed or taken away (D41, D42).
public interface Lease extends AutoCloseable {

  StreamId stream();

  /// The fencing number: higher than that of every earlier lease of the stream.
  long token();

  /// The number of the stream's last entry when the lease was taken; 0 for a new stream.
  long head();

  /// How many damaged entries at the stream's end were set aside when the lease was taken (D15).
  int setAside();

  /// Gives the right back. Closing twice does nothing.
  @Override
  void close();
}
