package mimo.agent.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Compares with the text in a resource; `-Dmimo.golden=update` writes it anew, for the diff to be
/// read.
public final class GoldenText {

  private static final Path ROOT = Path.of("src/test/resources/mimo/agent/provider");

  private GoldenText() {}

  public static void matches(String name, String actual) {
    var file = ROOT.resolve(name);
    try {
      if ("update".equals(System.getProperty("mimo.golden"))) {
        Files.createDirectories(ROOT.resolve(name).toAbsolutePath().getParent());
        Files.writeString(file, actual);
      }
      assertEquals(Files.readString(file), actual, name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The names of all files in a folder, in their order.
  public static List<String> names(String folder) {
    try (var files = Files.list(ROOT.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(ROOT.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
