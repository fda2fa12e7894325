package mimo.agent.provider.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that refuses to be longer than its limit.
final class CappedStream extends FilterInputStream {

  private final long limit;
  private long seen;

  CappedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int more) throws MalformedStreamException {
    seen += more;
    if (seen > limit) {
      throw new MalformedStreamException("the reply is longer than " + limit + " bytes");
    }
  }
}
