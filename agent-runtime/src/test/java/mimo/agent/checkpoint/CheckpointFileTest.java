package mimo.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.agent.checkpoint.ConversationSoFar.Note;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Memory.Said;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.Source;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFileTest {

  private static final String SECRET = "planted-value-0123456789";
  private static final List<Message> SAID =
      List.of(
          new Message.User("fix it"), new Message.Model(List.of(new Content.Text("it is fixed"))));

  @TempDir private Path folder;
  private Memory memory;
  private CheckpointFile file;

  @BeforeEach
  void open() {
    memory = MemoryOfTest.in(folder, List.of(SECRET));
    file = new CheckpointFile(memory, "s1");
  }

  private static Written saying(String intent) {
    var checkpoint =
        new Checkpoint(
            Watermark.NONE.next(Writer.MODEL, Mark.last(SAID)),
            Map.of(Section.ACTIVE_INTENT, intent));
    return new Written(checkpoint, List.of(), List.of());
  }

  @Test
  void aSessionWithoutOneHasAnEmptyOneAndNoFolder() {
    assertEquals(Checkpoint.EMPTY, file.read().checkpoint());
    assertFalse(Files.exists(folder.resolve("memory")));
  }

  @Test
  void isWrittenAlsoWhereAgentsMayNoteNothingM9() throws Exception {
    var closed = new CheckpointFile(MemoryOfTest.closed(folder), "s1");

    closed.write(closed.read(), saying("fix it [m0]"));

    assertEquals(saying("fix it [m0]").checkpoint(), closed.read().checkpoint());
  }

  @Test
  void theListOfTasksIsKeptOnceAsItIsNowK11() throws Exception {
    var written = saying("fix it").checkpoint();

    for (var tree : List.of("T1 open: a", "T1 done: a")) {
      var spill = new Spill(Section.TASK_TREE, tree);
      file.write(file.read(), new Written(written, List.of(spill), List.of()));
    }

    assertEquals(
        "T1 done: a\n",
        Files.readString(folder.resolve("memory/sessions/s1/checkpoint-task-tree.md")));
  }

  @Test
  void isReadBackAsItWasWritten() throws Exception {
    var stored = file.write(file.read(), saying("fix it [m0]"));

    assertEquals(saying("fix it [m0]").checkpoint(), stored.checkpoint());
    assertEquals(stored, new CheckpointFile(memory, "s1").read());
    assertTrue(stored.checkpoint().watermark().covered().isIn(SAID));
  }

  @Test
  void whatASecretIsStandsInNeitherFileK8() throws Exception {
    var written = saying("log in with " + SECRET);
    var spill = new Spill(Section.ERRORS_AND_FIXES, "- " + SECRET + " was refused [m1]");

    file.write(file.read(), new Written(written.checkpoint(), List.of(spill), List.of()));

    assertTrue(file.read().raw().contains("log in with [REDACTED:"), file.read().raw());
    try (var all = Files.walk(folder)) {
      for (var each : all.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(each).contains(SECRET), each.toString());
      }
    }
  }

  @Test
  void whatHasNoRoomIsAddedToAFileOfItsOwnOnceK11() throws Exception {
    var first = new Spill(Section.ERRORS_AND_FIXES, "- one [m1]");
    var second = new Spill(Section.ERRORS_AND_FIXES, "- two [m1]");
    var written = saying("fix it").checkpoint();

    file.write(file.read(), new Written(written, List.of(first), List.of()));
    file.write(file.read(), new Written(written, List.of(first, second), List.of()));

    assertEquals(
        "- one [m1]\n\n- two [m1]\n",
        Files.readString(folder.resolve("memory/sessions/s1/checkpoint-errors-and-fixes.md")));
  }

  @Test
  void wordsOfAHumanWhoEditsMeanwhileStayM7() throws Exception {
    file.write(file.read(), saying("- fix it [m0]"));
    var base = file.read();
    Files.writeString(
        file.place().file(),
        base.raw().replace("## Constraints\n", "## Constraints\n\n- not on Fridays\n"));

    var stored = file.write(base, saying("- fix that [m0]"));

    assertEquals("- not on Fridays", stored.checkpoint().section(Section.CONSTRAINTS));
    assertEquals("- fix that [m0]", stored.checkpoint().section(Section.ACTIVE_INTENT));
  }

  @Test
  void onlyNotesThatStandInItAreTakenOutOfTheirFileK7() throws Exception {
    var place = memory.layout().notes("s1");
    var routed = memory.append(place, "", "the port is 8443", Source.AGENT, new Said("s1", 1));
    memory.append(place, "", "ask about the logo", Source.AGENT, new Said("s1", 1));

    var written = saying("fix it").checkpoint();
    var note = new Note(routed.id(), routed.text());
    file.write(file.read(), new Written(written, List.of(), List.of(note)));

    assertEquals(
        List.of("ask about the logo"),
        memory.entries(place).stream().map(MemoryEntry::text).toList());
  }

  @Test
  void aNoteThatAHumanChangesMeanwhileStaysM7() throws Exception {
    var place = memory.layout().notes("s1");
    var routed = memory.append(place, "", "the port is 8443", Source.AGENT, new Said("s1", 1));
    var note = new Note(routed.id(), routed.text());
    var words = Files.readString(place.file());
    Files.writeString(place.file(), words.replace("8443", "8443, but 9443 in the tests"));

    var written = saying("fix it").checkpoint();
    file.write(file.read(), new Written(written, List.of(), List.of(note)));

    assertEquals(
        List.of("the port is 8443, but 9443 in the tests"),
        memory.entries(place).stream().map(MemoryEntry::text).toList());
  }

  @Test
  void aSessionCutOffBeforeItSaidWhoseItIsSaysSoWithTheNextWriteM5() throws Exception {
    file.write(file.read(), saying("fix it"));
    var mark = folder.resolve("memory/sessions/s1/.project");
    Files.writeString(mark, "");
    assertEquals(List.of(), memory.layout().visible(""));

    file.write(file.read(), saying("fix that"));

    assertEquals("shop-12345678\n", Files.readString(mark));
    assertEquals(List.of(file.place()), memory.layout().visible(""));
  }

  @Test
  void whatCannotBeWrittenLeavesTheOneBeforeM13() throws Exception {
    file.write(file.read(), saying("first"));
    var before = file.read();

    assertThrows(
        RuntimeException.class,
        () -> {
          var broken = new CheckpointFile(MemoryOfTest.broken(folder), "s1");
          broken.write(before, saying("second"));
        });

    assertEquals(before, file.read());
  }
}
