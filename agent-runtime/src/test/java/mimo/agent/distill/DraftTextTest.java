package mimo.agent.distill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.agent.definition.FrontMatter;
import org.junit.jupiter.api.Test;

final class DraftTextTest {

  @Test
  void aHeadSaysToEveryReaderWhatWasMeantM24() {
    for (var value :
        List.of(
            "Ships the shop",
            "Ships: the shop",
            "> ships",
            "| ships",
            "- ships",
            "[ships]",
            "ships #1",
            "ships a#1 at 10:30",
            "*ships*",
            "'ships'",
            "ships the shop:")) {
      var head = FrontMatter.read(DraftText.of("Text.", "description", value));

      assertEquals(value, head.text("description").orElseThrow(), value);
    }
  }

  @Test
  void whatIsInQuotesOrOnLinesStaysOneValueM24() {
    assertEquals(
        "---\nname: a\ndescription: \"Says: 'ship' or c:/x\"\n---\n\nText.\n",
        DraftText.of("Text.\n", "name", "a", "description", "Says:\n \"ship\" or c:\\x", "x", ""));
  }

  @Test
  void anEditLeavesTheHeadAsItIsM24() {
    var head = "---\nname: a\n# mine\ndescription: >\n  Long\n  words\n---\n";

    assertEquals(head + "\nNew.\n", DraftText.with(head + "Old.\n---\nOlder.\n", "New."));
    assertEquals("\nNew.\n", DraftText.with("Old.\n", "New."));
    assertTrue(DraftText.isHeaded(" ---\nname: a\n---\n"));
    assertFalse(DraftText.isHeaded("- a\n"));
  }

  @Test
  void anEditEndsItsLinesAsTheHeadDoesM24() {
    var head = "\uFEFF---\r\nname: a\r\n---\r\n";

    assertEquals(head + "\r\nNew.\r\nMore.\r\n", DraftText.with(head + "Old.", "New.\nMore."));
  }

  @Test
  void commandLinesThatOtherProgramsRunAreFoundInAnyTextM24() {
    assertEquals("!`make ship`", DraftText.shellLine("Now !`make ship`.").orElseThrow());
    assertEquals("```!", DraftText.shellLine("Run:\n```!\nmake ship\n```\n").orElseThrow());
    assertTrue(DraftText.shellLine("Run `make ship`!\n```sh\nmake\n```\n").isEmpty());
  }
}
