package mimo.cli.terminal.keys;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import mimo.cli.terminal.WindowSize;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/// The keyboard of this terminal, each key by itself, until it is closed. Confined to the thread
/// that reads, but for [#size] and [#close].
public final class Keyboard implements AutoCloseable {

  /// How long the rest of a special key takes at most; a connection over a slow line takes longer
  /// than any terminal.
  private static final Duration REST_OF_KEY = Duration.ofMillis(60);

  private static final String PASTE_MARKS_ON = "\u001b[?2004h";
  private static final String PASTE_MARKS_OFF = "\u001b[?2004l";
  private static final int NOTHING_YET = -2;

  private final Terminal terminal;
  private final Attributes before;
  private final NonBlockingReader reader;
  private final KeyDecoder decoder = new KeyDecoder();

  private Keyboard(Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    var attributes = terminal.getAttributes();
    // Ctrl-C is a key here; a signal from elsewhere still is one.
    attributes.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(attributes);
    this.reader = terminal.reader();
    terminal.writer().print(PASTE_MARKS_ON);
    terminal.writer().flush();
  }

  /// Takes the terminal over.
  ///
  /// @throws IOException if there is none
  public static Keyboard open() throws IOException {
    return new Keyboard(
        TerminalBuilder.builder().system(true).dumb(false).nativeSignals(false).build());
  }

  /// The next key; empty if none came in that time.
  ///
  /// @throws IOException if the terminal is gone
  public Optional<Key> next(Duration patience) throws IOException {
    long left = Math.max(1, patience.toMillis());
    while (true) {
      int read = reader.read(decoder.expectsMore() ? REST_OF_KEY.toMillis() : left);
      if (read == NOTHING_YET) {
        return decoder.pause();
      }
      if (read < 0) {
        return Optional.of(Key.Named.END_OF_INPUT);
      }
      var key = decoder.take((char) read);
      if (key.isPresent()) {
        return key;
      }
    }
  }

  /// The window as it is now.
  public WindowSize size() {
    var size = terminal.getSize();
    return size.getColumns() > 0 && size.getRows() > 0
        ? new WindowSize(size.getColumns(), size.getRows())
        : WindowSize.USUAL;
  }

  /// Leaves the terminal as it was found.
  @Override
  public void close() throws IOException {
    terminal.writer().print(PASTE_MARKS_OFF);
    terminal.writer().flush();
    terminal.setAttributes(before);
    terminal.close();
  }
}
