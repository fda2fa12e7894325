package mimo.cli.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;

/// Two streams whose text a test can read.
public final class TestStreams {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public Terminal terminal(Channel outChannel, Channel errChannel) {
    return new Terminal(stream(out), outChannel, stream(err), errChannel);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
