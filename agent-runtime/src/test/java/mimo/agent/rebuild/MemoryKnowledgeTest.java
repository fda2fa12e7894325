package mimo.agent.rebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.ContextLimits;
import mimo.agent.checkpoint.Checkpoint;
import mimo.agent.checkpoint.CheckpointFile;
import mimo.agent.checkpoint.ConversationSoFar;
import mimo.agent.checkpoint.ExtractiveWriter;
import mimo.agent.checkpoint.MemoryOfTest;
import mimo.agent.memory.Memory;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryKnowledgeTest {

  @TempDir private Path folder;
  private Memory memory;
  private MemoryKnowledge knowledge;

  @BeforeEach
  void open() {
    memory = MemoryOfTest.in(folder, List.of());
    knowledge = new MemoryKnowledge(memory, "own");
  }

  private static List<Message> said(String... requests) {
    var said = new ArrayList<Message>();
    for (var request : requests) {
      said.add(new Message.User(request));
      said.add(new Message.Model(List.of(new Content.Text("Well."))));
    }
    return said;
  }

  private static List<OwnWords> own(List<Message> said) {
    var own = new ArrayList<OwnWords>();
    for (int i = 0; i < said.size(); i += 2) {
      own.add(new OwnWords(i, ((Message.User) said.get(i)).text()));
    }
    return own;
  }

  @Test
  void whatWasTakenBackIsToldNoMoreK16() throws Exception {
    var before = said("Fix the login.", "You must use tabs.", "Go on.", "And on.");
    var file = new CheckpointFile(memory, "own");
    var soFar = ConversationSoFar.of(before, own(before));
    file.write(file.read(), ExtractiveWriter.write(soFar, Checkpoint.EMPTY));
    var now = said("Fix the login.", "You must use spaces.");

    var told = knowledge.checkpoint(now, own(now), now.size());

    assertEquals(
        """
        ### Constraints

        - must: You must use spaces. (the user says so) [m2]\
        """,
        told.substring(told.indexOf("### Constraints"), told.indexOf("\n\n### Current work")));
  }

  @Test
  void furtherFilesOfItsOwnAreToldFirstAndThenTheLatestK18() throws Exception {
    for (int i = 0; i < ContextLimits.REBUILT_INDEX + 5; i++) {
      var other = new CheckpointFile(memory, "other" + i);
      other.write(other.read(), ExtractiveWriter.write(soFar(), Checkpoint.EMPTY));
      Files.setLastModifiedTime(other.place().file(), FileTime.fromMillis(1_000_000L * (i + 1)));
    }
    memory.spill(memory.layout().spill("own", "open-notes"), "- left over");

    var lines = knowledge.text(Part.INDEX).lines().toList();

    assertEquals(ContextLimits.REBUILT_INDEX, lines.size());
    assertTrue(lines.get(0).startsWith("- sessions/own/checkpoint-open-notes.md"), lines.get(0));
    assertTrue(lines.get(1).startsWith("- sessions/other54/checkpoint.md"), lines.get(1));
  }

  private static ConversationSoFar soFar() {
    var said = said("Fix it.");
    return ConversationSoFar.of(said, own(said));
  }
}
