package mimo.compose;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// The log of one run, cut to its limits (L106). A phase counts as a line of it: a script could
/// fill the journal with either. Confined to the run's thread.
final class RunLog {

  private static final String CUT = " … (cut)";

  private final Consumer<String> sink;
  private final Consumer<String> phases;
  private int lines;
  private int bytes;
  private long dropped;

  /// @param phases takes the titles of phases, as `sink` takes lines
  RunLog(Consumer<String> sink, Consumer<String> phases) {
    this.sink = sink;
    this.phases = phases;
  }

  void write(String text) {
    keep(text, sink);
  }

  void enterPhase(String title) {
    keep(title, phases);
  }

  private void keep(String text, Consumer<String> where) {
    var line = cut(text);
    int size = line.getBytes(StandardCharsets.UTF_8).length;
    if (lines >= ComposeLimits.LOG_LINES || bytes + size > ComposeLimits.LOG_BYTES) {
      dropped++;
      return;
    }
    lines++;
    bytes += size;
    where.accept(line);
  }

  /// Tells how many lines were dropped, if any: once, when nothing more will be written.
  void close() {
    if (dropped > 0) {
      sink.accept("(" + dropped + " more log lines dropped: the log is full)");
    }
  }

  private static String cut(String text) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    if (encoded.length <= ComposeLimits.LOG_LINE_BYTES) {
      return text;
    }
    int end = ComposeLimits.LOG_LINE_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length;
    while ((encoded[end] & 0xC0) == 0x80) {
      end--; // not inside a character
    }
    return new String(encoded, 0, end, StandardCharsets.UTF_8) + CUT;
  }
}
