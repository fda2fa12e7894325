package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a page that are made from the code: what stands between `<!-- begin NAME -->` and
/// `<!-- end -->`. With the system property `mimo.docs.write` they are written anew, to be read in
/// the diff; without it they must be as the code says.
final class GeneratedBlocks {

  private static final Pattern BLOCK =
      Pattern.compile("(<!-- begin (\\S+) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);

  private static final String REMEDY =
      "the code has moved on; run mvn verify -pl docs -am -Dmimo.docs.write and read the diff";

  private GeneratedBlocks() {}

  /// @param blocks by name: what must stand in the block, with its last newline
  static void hold(Path file, Map<String, String> blocks) {
    var text = Repository.read(file);
    var found = new TreeMap<String, String>();
    BLOCK.matcher(text).results().forEach(block -> found.put(block.group(2), block.group(3)));
    assertEquals(blocks.keySet(), found.keySet(), "the generated blocks of " + file);
    if (System.getProperty("mimo.docs.write") != null) {
      write(file, replaced(text, blocks));
    } else {
      blocks.forEach((name, wanted) -> assertEquals(wanted, found.get(name), REMEDY));
    }
  }

  private static String replaced(String text, Map<String, String> blocks) {
    return BLOCK
        .matcher(text)
        .replaceAll(block ->
            Matcher.quoteReplacement(block.group(1) + blocks.get(block.group(2)) + block.group(4)));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
