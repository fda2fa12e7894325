package mimo.agent.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The tables of this room's tests.
final class WebData {

  private WebData() {}

  /// The lines of a table, without its comments.
  static List<String> lines(String resource) {
    return text(resource)
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("# "))
        .toList();
  }

  static String text(String resource) {
    try (var stream = WebData.class.getResourceAsStream(resource)) {
      var text = Objects.requireNonNull(stream, resource).readAllBytes();
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
