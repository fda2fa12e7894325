package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentTest {

  @TempDir private Path folder;

  @Test
  void replacesWhatItWroteAndNothingElse() throws IOException {
    var map = folder.resolve("sub folder/MAP.md");
    Document.write(map, "one\n");
    Document.write(map, "two\n");
    assertTrue(Files.readString(map).endsWith("-->\n\ntwo\n"), Files.readString(map));

    Files.writeString(map, "mine");
    var refusal = assertThrows(CommandException.class, () -> Document.write(map, "three\n"));

    assertEquals("output_exists", refusal.failure().code());
    assertEquals("mine", Files.readString(map));
  }

  /// Opening one could wait for ever, reading one could have no end.
  @Test
  void refusesWhatIsNoRegularFileWithoutReadingIt() throws Exception {
    var pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    var refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                assertThrows(CommandException.class, () -> Document.refuseToReplaceAnother(pipe)));

    assertEquals(
        pipe + " exists and was not written by mimo, so it is not replaced", refusal.getMessage());
  }
}
