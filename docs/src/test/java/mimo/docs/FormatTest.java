package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The format gate for builds whose Maven runs on a Java too old for the formatter plugin: tests
/// always run on the language level's own JDK. It does what the plugin does.
final class FormatTest {

  private static final int SOURCES_AT_LEAST = 300;

  private static final JavaFormatterOptions STYLE = JavaFormatterOptions.builder().build();

  @Test
  void everySourceIsFormatted() {
    var repository = Repository.here();
    var sources = repository.files(".java");

    var unformatted =
        sources.parallelStream()
            .filter(FormatTest::differs)
            .map(repository::name)
            .sorted()
            .toList();

    assertTrue(sources.size() >= SOURCES_AT_LEAST, "saw only " + sources.size() + " sources");
    assertEquals(
        List.of(), unformatted, "run mvn spotless:apply, with Maven itself running on JDK 25");
  }

  private static boolean differs(Path file) {
    var text = Repository.read(file);
    return !text.equals(format(file, text));
  }

  private static String format(Path file, String text) {
    try {
      var formatted = new Formatter(STYLE).formatSource(text);
      var used = RemoveUnusedImports.removeUnusedImports(formatted);
      return ImportOrderer.reorderImports(used, STYLE.style());
    } catch (FormatterException e) {
      throw new IllegalStateException("the formatter cannot read " + file, e);
    }
  }
}
