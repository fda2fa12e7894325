package mimo.agent.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.agent.checkpoint.Watermark.Writer;

/// A process that writes one checkpoint after the other, for tests that kill it.
final class CheckpointProcess {

  /// Stands in all that is written, and may be in no file.
  static final String SECRET = "planted-value-0123456789";

  private CheckpointProcess() {}

  /// Prints the number of each checkpoint once it is in its file.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) throws Exception {
    var memory = MemoryOfTest.in(Path.of(arguments[0]), List.of(SECRET));
    var file = new CheckpointFile(memory, "s1");
    while (true) {
      var held = file.read();
      var watermark = held.checkpoint().watermark().next(Writer.EXTRACTIVE, Mark.NONE);
      var text = "- " + words(watermark.number()) + " [m0]";
      var sections = Map.of(Section.ACTIVE_INTENT, text, Section.OPEN_NOTES, text);
      var spill = new Spill(Section.DISCOVERIES, text);
      var written = new Written(new Checkpoint(watermark, sections), List.of(spill), List.of());
      System.out.println(file.write(held, written).checkpoint().watermark().number());
    }
  }

  private static String words(int number) {
    return "number %d, by %s, %s".formatted(number, SECRET, "x".repeat(number % 7 * 300));
  }
}
