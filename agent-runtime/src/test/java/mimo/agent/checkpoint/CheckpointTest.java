package mimo.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import org.junit.jupiter.api.Test;

final class CheckpointTest {

  private static final Message ASKED = new Message.User("fix it");
  private static final Message CALL =
      new Message.Model(List.of(new Content.ToolCall("call_1", "read", "{\"file_path\":\"a\"}")));
  private static final Message ANSWER =
      new Message.Tools(List.of(new Message.ToolAnswer("call_1", "text", Message.Status.OK)));
  private static final Message SAID = new Message.Model(List.of(new Content.Text("done")));

  @Test
  void hasTheElevenSectionsInTheirOrderK9() {
    var titles = Arrays.stream(Section.values()).map(Section::title).toList();

    assertEquals(
        List.of(
            "Active intent",
            "Next action",
            "Constraints",
            "Task tree",
            "Current work",
            "Involved files",
            "Cross-task discoveries",
            "Errors and fixes",
            "Runtime state",
            "Design decisions",
            "Open notes"),
        titles);
    assertEquals(15_000, Arrays.stream(Section.values()).mapToInt(Section::tokens).sum());
  }

  @Test
  void standsInItsFileTogetherWithItsWatermarkK6() {
    var covered = Mark.after(1, List.of(ASKED, SAID));
    var checkpoint =
        new Checkpoint(
            new Watermark(2, Writer.MODEL, covered, covered),
            Map.of(Section.ACTIVE_INTENT, "- Asked:\n  > fix it\n  [m0]"));

    assertEquals(
        """
        ---
        checkpoint: 2
        writer: model
        covers: m1
        hash: %s
        model-covers: m1
        model-hash: %s
        ---
        # Checkpoint

        ## Active intent

        - Asked:
          > fix it
          [m0]

        ## Next action

        ## Constraints

        ## Task tree

        ## Current work

        ## Involved files

        ## Cross-task discoveries

        ## Errors and fixes

        ## Runtime state

        ## Design decisions

        ## Open notes
        """
            .formatted(covered.hash(), covered.hash()),
        checkpoint.markdown());
    assertEquals(checkpoint, Checkpoint.parse(checkpoint.markdown()));
  }

  @Test
  void whateverItSaysIsReadBackAsItWasK6() {
    var random = new Random(7);
    var pieces =
        List.of(
            "## Open notes",
            "\\## Next action",
            "---",
            "# Checkpoint",
            "## Mine",
            "",
            "  text",
            "- item [m3]",
            "> quoted",
            "checkpoint: 9",
            "必须 Ü \u00a0",
            "```",
            "\ttab ");
    for (int round = 0; round < 500; round++) {
      var sections = new EnumMap<Section, String>(Section.class);
      for (var section : Section.values()) {
        var body = new StringBuilder();
        for (int line = random.nextInt(5); line > 0; line--) {
          body.append(pieces.get(random.nextInt(pieces.size()))).append('\n');
        }
        sections.put(section, body.toString());
      }
      var mark = new Mark(random.nextInt(9), "ab");
      var by = random.nextBoolean() ? Writer.MODEL : Writer.EXTRACTIVE;
      var checkpoint = new Checkpoint(new Watermark(round, by, mark, Mark.NONE), sections);

      assertEquals(checkpoint, Checkpoint.parse(checkpoint.markdown()), "seed 7, round " + round);
    }
  }

  @Test
  void wordsThatPeopleAddAreKept() {
    var text = Checkpoint.EMPTY.with(Section.CONSTRAINTS, "- must: test").markdown();

    var edited =
        Checkpoint.parse(
            text.replace("- must: test", "- must: test\n\n### Mine\n\nnot on Fridays")
                .replace("covers: none", "covers: all"));

    assertEquals("- must: test\n\n### Mine\n\nnot on Fridays", edited.section(Section.CONSTRAINTS));
    assertEquals(Mark.NONE, edited.watermark().covered());
    assertEquals(
        "a note of mine", Checkpoint.parse("a note of mine\n").section(Section.OPEN_NOTES));
  }

  @Test
  void aMarkKnowsItsConversationAndNoOther() {
    var conversation = List.of(ASKED, CALL, ANSWER, SAID);
    var mark = Mark.after(2, conversation);

    assertTrue(mark.isIn(conversation));
    assertTrue(Mark.NONE.isIn(List.of()));
    assertFalse(mark.isIn(List.of(new Message.User("fix that"), CALL, ANSWER)));
    assertFalse(mark.isIn(List.of(ASKED, CALL)));
    assertNotEquals(
        Mark.hash(List.of(new Message.User("a"), new Message.User("b"))),
        Mark.hash(List.of(new Message.User("ab"))));
  }

  @Test
  void neverPartsACallFromItsAnswerK5() {
    assertEquals(-1, Mark.last(List.of(ASKED)).message());
    assertEquals(-1, Mark.last(List.of(ASKED, CALL)).message());
    assertEquals(2, Mark.last(List.of(ASKED, CALL, ANSWER)).message());
    assertEquals(3, Mark.last(List.of(ASKED, CALL, ANSWER, SAID, ASKED)).message());
  }

  @Test
  void anItemSaysWhereItIsFromK10() {
    var items =
        List.of(
            new Item("must: run `mvn test`", "m3", "c:call_1", "t:T1.2", "n:m12ab34cd"),
            new Item("Asked:\n> fix it\n> now", "m0"),
            new Item("plain"));

    assertEquals(
        """
        - must: run `mvn test` [m3, c:call_1, t:T1.2, n:m12ab34cd]
        - Asked:
          > fix it
          > now
          [m0]
        - plain\
        """,
        Item.body(items));
    assertEquals(items, Item.of(Item.body(items)));
  }
}
