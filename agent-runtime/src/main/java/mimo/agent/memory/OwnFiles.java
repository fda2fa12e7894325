package mimo.agent.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;

/// A folder beside the files of the memory that only mimo writes. What is put there is without
/// secrets, and is there as a whole or not at all. Thread-safe.
public final class OwnFiles {

  private final Memory memory;
  private final Path folder;

  OwnFiles(Memory memory, Path folder) {
    this.memory = memory;
    this.folder = folder;
  }

  /// The names of what there is, in order.
  public List<String> names() {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS))
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.endsWith(".new") && !name.endsWith(".part"))
          .limit(AgentLimits.MEMORY_FILES)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw MemoryException.failed("the folder " + folder + " cannot be read", unreadable);
    }
  }

  /// What a file says; empty if there is none.
  public Optional<String> read(String name) {
    var file = new DurableFile(folder.resolve(name));
    try {
      return file.bytes().map(file::text);
    } catch (IOException unreadable) {
      throw MemoryException.failed(folder.resolve(name) + " cannot be read", unreadable);
    }
  }

  /// Puts a file there. What it says has been cleaned.
  public void write(String name, String text) throws InterruptedException {
    try {
      memory
          .writer()
          .alone(() -> {
            Files.createDirectories(folder, DurableFile.privately("rwx------"));
            DurableFile.overwrite(folder.resolve(name), text.getBytes(UTF_8));
            return name;
          });
    } catch (IOException unwritable) {
      throw MemoryException.failed(folder.resolve(name) + " cannot be written", unwritable);
    }
  }

  /// Makes of what a file says something else, which has been cleaned, while nobody else writes.
  /// Where there is no such file, nothing is done.
  public void change(String name, UnaryOperator<String> change) throws InterruptedException {
    var path = folder.resolve(name);
    try {
      memory
          .writer()
          .alone(() -> {
            var file = new DurableFile(path);
            var bytes = file.bytes();
            if (bytes.isPresent()) {
              var text = change.apply(file.text(bytes.get()));
              DurableFile.overwrite(path, text.getBytes(UTF_8));
            }
            return name;
          });
    } catch (IOException unwritable) {
      throw MemoryException.failed(path + " cannot be written", unwritable);
    }
  }

  /// Takes a file away.
  public void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException unwritable) {
      throw MemoryException.failed(folder.resolve(name) + " cannot be removed", unwritable);
    }
  }
}
