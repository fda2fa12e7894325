package mimo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// What stands behind stdout. A reader that has left, as `head` does, has what it wanted: what
/// follows is dropped. Any other failure is told, since then a result is lost. Confined to whoever
/// holds the stream above it.
final class StandardOutput extends FilterOutputStream {

  private boolean readerLeft;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (readerLeft) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException failure) {
      // The system's words for EPIPE, the only sign of it that Java passes on.
      readerLeft = "Broken pipe".equals(failure.getMessage());
      if (!readerLeft) {
        throw failure;
      }
    }
  }
}
