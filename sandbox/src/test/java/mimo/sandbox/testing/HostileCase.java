package mimo.sandbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// One attack as data: a file whose first line says how it must end.
///
/// The rest of the file is the script as it stands, unless the first line wants `nothing leaks`:
/// then it is a body whose attempts all must throw, or get nothing.
///
/// @param category the name of its folder
/// @param name the name of its file
/// @param expected how it must end, in the words of [#contains]
/// @param text the whole script
public record HostileCase(String category, String name, String expected, String text) {

  private static final String LEAKS =
      """
      export const meta = {name: 'hostile', description: 'an attack'};
      const leaks = [];
      const attempt = (name, attack) => {
        try {
          const got = attack();
          if (got !== undefined) leaks.push(name + ": " + typeof got);
        } catch {
          // Refused, as it should be.
        }
      };
      BODY
      return leaks;
      """;

  private static final Set<String> KINDS = Set.of("ends", "failed", "rejected");

  /// Every case below a folder, in the order of its name.
  public static List<HostileCase> all(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .sorted()
          .map(HostileCase::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static HostileCase read(Path file) {
    try {
      var text = Files.readString(file);
      int end = text.indexOf('\n');
      var expected = text.substring(0, end).replaceFirst("// expect: ", "");
      var category = file.getName(file.getNameCount() - 2).toString();
      var name = String.valueOf(file.getFileName());
      return expected.equals("nothing leaks")
          ? new HostileCase(
              category, name, "finished []", LEAKS.replace("BODY", text.substring(end + 1).strip()))
          : new HostileCase(category, name, expected, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Whether the attack is stopped by a limit rather than refused.
  public boolean exhausts() {
    return expected.startsWith("ends ");
  }

  /// `finished` wants the exact value; `ends`, `failed` and `rejected` list the codes that contain,
  /// any of which will do.
  public boolean contains(String end) {
    if (expected.startsWith("finished ") || expected.equals("stands still")) {
      return expected.equals(end);
    }
    var words = List.of(end.split(" ", 3));
    String kind = "";
    for (String word : List.of(expected.split(" ", -1))) {
      if (KINDS.contains(word)) {
        kind = word;
      } else if (kind.equals(words.getFirst()) && words.size() > 1 && word.equals(words.get(1))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return category + "/" + name;
  }
}
