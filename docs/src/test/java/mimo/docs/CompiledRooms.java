package mimo.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the compiler made of the rooms' main sources.
final class CompiledRooms {

  private CompiledRooms() {}

  /// Every class of every room, sorted by name.
  static List<CompiledClass> readAll(Repository repository) {
    var classes = new ArrayList<CompiledClass>();
    for (var room : Repository.ROOMS) {
      var folder = repository.file(room + "/target/classes");
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException(
            folder + " is missing: compile the rooms first, with mvn -pl docs -am verify");
      }
      classes.addAll(read(folder));
    }
    classes.sort(Comparator.comparing(CompiledClass::name));
    return List.copyOf(classes);
  }

  private static List<CompiledClass> read(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .map(CompiledRooms::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static CompiledClass parse(Path file) {
    try {
      return CompiledClass.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
