package mimo.agent.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is compared before and after a file is replaced (M6).
final class DurableFileTest {

  private static final byte[] OLD = bytes("old");
  private static final byte[] THEIRS = bytes("theirs");
  private static final byte[] OURS = bytes("ours");

  @TempDir private Path folder;
  private Path path;
  private DurableFile file;

  @BeforeEach
  void make() throws IOException {
    path = folder.resolve("MEMORY.md");
    file = new DurableFile(path);
    Files.write(path, OLD);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  @Test
  void whatIsAsExpectedIsReplacedAndKeptUntilItIsDropped() throws IOException {
    var replaced = file.replace(OLD, OURS, Exchange.ofThisSystem());

    assertTrue(replaced.placed());
    assertTrue(replaced.found().isEmpty());
    assertArrayEquals(OURS, Files.readAllBytes(path));
    file.dropKept(OLD, OURS);
    assertEquals(List.of("MEMORY.md"), names());
  }

  @Test
  void wordsThatCameBeforeTheExchangeStayInPlace() throws IOException {
    Files.write(path, THEIRS);

    var replaced = file.replace(OLD, OURS, Exchange.ofThisSystem());

    assertFalse(replaced.placed());
    assertArrayEquals(THEIRS, replaced.found().orElseThrow());
    assertArrayEquals(THEIRS, Files.readAllBytes(path));
    assertEquals(List.of("MEMORY.md"), names());
  }

  @Test
  void aFileThatWasRemovedIsNotMadeAgainByAnExchange() throws IOException {
    Files.delete(path);

    assertThrows(NoSuchFileException.class, () -> file.replace(OLD, OURS, Exchange.ofThisSystem()));
    assertFalse(Files.exists(path));
  }
}
