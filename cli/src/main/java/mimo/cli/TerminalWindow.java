package mimo.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import mimo.cli.terminal.WindowSize;

/// The size of the terminal's window, asked of `stty` when the window has changed. Confined to the
/// thread that paints, but for the signal that marks a change.
final class TerminalWindow implements Supplier<WindowSize> {

  private static final Path TERMINAL = Path.of("/dev/tty");
  private static final long PATIENCE_MILLIS = 500;

  private final AtomicBoolean changed = new AtomicBoolean(true);
  private WindowSize size = WindowSize.USUAL;

  /// Hears from now on when the window changes.
  TerminalWindow listen() {
    Signals.handle("WINCH", () -> changed.set(true));
    return this;
  }

  @Override
  public WindowSize get() {
    if (changed.getAndSet(false)) {
      size = ask();
    }
    return size;
  }

  private static WindowSize ask() {
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL.toFile())
              .redirectError(Redirect.DISCARD)
              .start();
      var answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
      }
      return parse(answer);
    } catch (IOException e) {
      return WindowSize.USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return WindowSize.USUAL;
    }
  }

  /// `rows columns`, as stty prints them; a terminal that does not know says `0 0`.
  static WindowSize parse(String answer) {
    var words = answer.strip().split(" ", -1);
    if (words.length != 2
        || !words[0].matches("[1-9]\\d{0,3}")
        || !words[1].matches("[1-9]\\d{0,3}")) {
      return WindowSize.USUAL;
    }
    return new WindowSize(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
  }
}
