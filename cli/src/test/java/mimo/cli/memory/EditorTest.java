package mimo.cli.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.agent.memory.MemoryException;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.Test;

final class EditorTest {

  private static Editor editor(String command) {
    return new Editor(Map.of("PATH", "/usr/bin:/bin", "EDITOR", command));
  }

  private static Path kept(CommandException failed) {
    var message = String.valueOf(failed.getMessage());
    return Path.of(message.substring(message.indexOf("kept in ") + 8));
  }

  private static void remove(Path file) throws Exception {
    Files.delete(file);
    Files.delete(file.getParent());
  }

  @Test
  void whatCannotBeSavedIsKeptAndNamedM7() throws Exception {
    var failed =
        assertThrows(
            CommandException.class,
            () ->
                editor("echo mine >>")
                    .edit(
                        "old\n",
                        "MEMORY.md",
                        _ -> {
                          throw MemoryException.unknown("it is gone");
                        }));

    assertEquals("memory_unknown", failed.failure().code());
    assertEquals("old\nmine\n", Files.readString(kept(failed)));
    remove(kept(failed));
  }

  @Test
  void whatIsNoTextIsKeptToo() throws Exception {
    var saved = new ArrayList<String>();

    var garbled =
        assertThrows(
            CommandException.class,
            () -> editor("printf '\\377' >").edit("old\n", "MEMORY.md", saved::add));

    assertTrue(garbled.toString().contains("is no text in UTF-8"), garbled::toString);
    assertEquals(1, Files.size(kept(garbled)));
    assertEquals(List.of(), saved);
    remove(kept(garbled));
  }

  @Test
  void nothingIsLeftWhereNothingIsToBeKept() throws Exception {
    var saved = new ArrayList<String>();

    editor("echo mine >").edit("old\n", "MEMORY.md", saved::add);
    var failed =
        assertThrows(
            CommandException.class, () -> editor("false").edit("old\n", "MEMORY.md", saved::add));

    assertEquals(List.of("mine\n"), saved);
    assertFalse(failed.toString().contains("kept in"), failed::toString);
  }
}
