package mimo.sandbox.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A committed list of what scripts may reach, one line each, sorted. Run with
/// `-Dgolden.update=true` to write it anew, and read the difference before committing it.
public record PermitList(Path file) {

  /// The strings of a JSON array.
  public static List<String> lines(String json) {
    var lines = new ArrayList<String>();
    try (var parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          lines.add(parser.getText());
        }
      }
    } catch (IOException e) {
      throw new AssertionError("no list of lines: " + json, e);
    }
    return lines;
  }

  /// Fails unless exactly what the list names was reached.
  public void hold(List<String> reached) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, String.join("\n", reached.stream().sorted().toList()) + "\n");
    }
    assertEquals(List.of(), differences(reached), "not as in " + file);
  }

  /// `+` with what is new, `-` with what is gone.
  public List<String> differences(List<String> reached) throws IOException {
    var permitted = read();
    var found = new ArrayList<String>();
    var known = new HashSet<>(permitted);
    reached.stream()
        .filter(line -> !known.contains(line))
        .map(line -> "+ " + line)
        .forEach(found::add);
    var seen = new HashSet<>(reached);
    permitted.stream()
        .filter(line -> !seen.contains(line))
        .map(line -> "- " + line)
        .forEach(found::add);
    return found;
  }

  public List<String> read() throws IOException {
    return Files.readAllLines(file);
  }
}
