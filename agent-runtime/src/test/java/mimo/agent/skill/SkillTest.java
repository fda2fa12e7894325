package mimo.agent.skill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import mimo.agent.AgentLimits;
import mimo.agent.skill.Skill.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A37: what a skill is, and what agents are told of all of them.
final class SkillTest {

  private static final Path FOLDER = Path.of("/skills");

  private static String text(String name, String description) {
    return "---\nname: %s\ndescription: %s\n---\nDo it.\n".formatted(name, description);
  }

  @Test
  void aSkillIsNamedAsItsFolder() {
    var folder = FOLDER.resolve("pdf-forms2");

    assertEquals(
        new Skill("pdf-forms2", "Fills forms. Use it for PDFs.", Owner.USER, folder),
        Skill.parse(
            text("pdf-forms2", ">\n  Fills forms.\n  Use it for PDFs.\nlicense: MIT"),
            Owner.USER,
            folder));
  }

  @ParameterizedTest
  @CsvSource({
    "Pdf, Pdf",
    "pdf_forms, pdf_forms",
    "-pdf, -pdf",
    "pdf-, pdf-",
    "a--b, a--b",
    "pdf, forms",
  })
  void otherNamesAreRefused(String name, String folder) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Skill.parse(text(name, "d"), Owner.USER, FOLDER.resolve(folder)));

    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("its name '" + name + "' "),
        refused.getMessage());
  }

  @Test
  void whatIsTooLongOrMissingIsRefused() {
    var longName = "a".repeat(AgentLimits.SKILL_NAME_CHARS + 1);
    assertRefused("its name '" + longName, longName, text(longName, "d"));
    assertRefused(
        "its description has 1025 characters, more than 1024", "a", text("a", "d".repeat(1025)));
    assertRefused("its head has no description", "a", "---\nname: a\n---\n");
    assertRefused("its head has no name", "a", "---\ndescription: a\n---\n");
    assertRefused("line 1: it does not begin with '---'", "a", "Do it.");
    assertEquals(
        1024,
        Skill.parse(text("a", "d".repeat(1024)), Owner.USER, FOLDER.resolve("a"))
            .description()
            .length());
  }

  private static void assertRefused(String why, String folder, String text) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Skill.parse(text, Owner.USER, FOLDER.resolve(folder)));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(why), refused.getMessage());
  }

  private static List<Skill> skills(int count, int chars) {
    return IntStream.range(0, count)
        .mapToObj(number ->
            new Skill("skill-" + number, "é".repeat(chars), Owner.USER, FOLDER.resolve("s")))
        .toList();
  }

  @Test
  void theListFitsWhateverThereIs() {
    for (int count : List.of(1, 2, 10, 40, 500)) {
      for (int chars : List.of(1, 100, 1024)) {
        var list = SkillList.of(skills(count, chars));

        int bytes = list.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= AgentLimits.SKILL_LIST_BYTES, count + " of " + chars + ": " + bytes);
        assertEquals(list, SkillList.of(skills(count, chars)));
        assertTrue(list.contains("- skill-0: é"), list);
      }
    }
  }

  @Test
  void ofManySkillsTheRestIsFoundBySearch() {
    var list = SkillList.of(skills(500, 1024));

    assertTrue(list.endsWith("more; skill {\"query\":\"words\"} finds them\n"), list);
    assertEquals("", SkillList.of(List.of()));
  }
}
