package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a page that are made from the code: what stands between `<!-- begin NAME -->` and
/// `<!-- end -->`. With the system property `mimo.docs.write` they are written anew, to be read in
/// the diff; without it they must be as the code says.
final class GeneratedBlocks {

  private static final Pattern BLOCK =
      Pattern.compile("(<!-- begin (\\S+) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);

  private GeneratedBlocks() {}

  /// @param blocks by name: what must stand in the block, with its last newline
  static void hold(Path file, Map<String, String> blocks) {
    var text = Repository.read(file);
    var seen = new TreeSet<String>();
    var wanted =
        BLOCK
            .matcher(text)
            .replaceAll(block -> {
              seen.add(block.group(2));
              return Matcher.quoteReplacement(
                  block.group(1)
                      + blocks.getOrDefault(block.group(2), "nothing in the code is so named\n")
                      + block.group(4));
            });
    assertEquals(new TreeSet<>(blocks.keySet()), seen, "the generated blocks of " + file);
    if (System.getProperty("mimo.docs.write") != null) {
      write(file, wanted);
    } else {
      assertEquals(
          wanted,
          text,
          "the code has moved on; run mvn verify -pl docs -am -Dmimo.docs.write and read the diff");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
