package mimo.agent.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A47.
class SharedFileTest {

  private static final int PROCESSES = 4;
  private static final int EDITS = 100;

  @TempDir Path temp;

  @Test
  @Timeout(180)
  void noEditOfFourProcessesIsLost() throws Exception {
    var workspace = Files.createDirectory(temp.resolve("work"));
    var shared = Files.writeString(workspace.resolve("shared"), "end\n");
    var expected = new TreeSet<>(List.of("end"));
    var processes = new ArrayList<Process>();

    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start(workspace, "process-" + i + " edit-"));
      for (int j = 0; j < EDITS; j++) {
        expected.add("process-" + i + " edit-" + j);
      }
    }
    for (var process : processes) {
      assertEquals(0, process.waitFor());
    }

    assertEquals(PROCESSES * EDITS + 1, Files.readAllLines(shared).size());
    assertEquals(expected, new TreeSet<>(Files.readAllLines(shared)));
    try (var entries = Files.list(workspace)) {
      assertEquals(List.of(shared), entries.toList());
    }
  }

  private Process start(Path workspace, String name) throws IOException {
    return TestJvm.start(
        EditingProgram.class,
        workspace.toString(),
        temp.resolve("locks").toString(),
        name,
        "" + EDITS);
  }
}
