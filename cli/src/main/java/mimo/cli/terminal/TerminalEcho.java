package mimo.cli.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Whether the terminal shows what is typed: `stty` is asked, which every Unix has.
public final class TerminalEcho {

  private static final Path TERMINAL = Path.of("/dev/tty");
  private static final long PATIENCE_MILLIS = 2_000;

  private TerminalEcho() {}

  /// Shows nothing of what is typed until the result is closed.
  ///
  /// @throws IOException if the terminal does not obey
  public static Hidden hide() throws IOException {
    stty("-echo");
    return () -> {
      try {
        stty("echo");
      } catch (IOException gone) {
        // The terminal that should show something again is not there any more.
      }
    };
  }

  /// Typing that nobody sees.
  @FunctionalInterface
  public interface Hidden extends AutoCloseable {
    @Override
    void close();
  }

  private static void stty(String setting) throws IOException {
    var stty =
        new ProcessBuilder("stty", setting)
            .redirectInput(TERMINAL.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || stty.exitValue() != 0) {
        stty.destroyForcibly();
        throw new IOException("stty " + setting + " did not work");
      }
    } catch (InterruptedException stopped) {
      stty.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the terminal was set", stopped);
    }
  }
}
