package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mimo.agent.memory.Memory.Said;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.memory.Source;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A long entry that is forgotten, and everything that took it over in parts.
@Timeout(120)
final class ForgottenTest {

  /// Whoever reads so much of it has read something of it.
  private static final int PIECE = 20;

  private static final String ENTRY = invented();

  @TempDir private Path temp;
  private JoinedAgent agent;

  /// Three lines of sentences that nobody else says, with what JSON and Markdown have to escape.
  private static String invented() {
    var random = new Random(7);
    var syllables = List.of("ta", "ro", "vel", "mi", "nu", "ka", "lor", "be", "sin", "du", "fra");
    var text = new StringBuilder();
    for (int word = 0; word < 150; word++) {
      for (int i = 0; i < 2 + random.nextInt(2); i++) {
        text.append(syllables.get(random.nextInt(syllables.size())));
      }
      text.append(
          word % 50 == 49 ? ".\n" : word % 12 == 11 ? ". " : word % 9 == 8 ? " \"x\" " : " ");
    }
    return text.toString().strip();
  }

  @BeforeEach
  void makeAgent() throws Exception {
    agent = new JoinedAgent(temp);
  }

  private MemoryPlace project() {
    return agent.memory().memory().layout().ofProject();
  }

  private void plant(MemoryPlace place, String text) throws Exception {
    Files.createDirectories(place.file().getParent());
    Files.writeString(place.file(), text);
  }

  private static String item(String text) {
    return "- " + text.replace("\n", "\n  ") + "\n";
  }

  /// The half of a text before or behind its middle, in the ways in which mimo shortens.
  private static String shortened(String mark) {
    int third = ENTRY.length() / 3;
    return "It says: " + ENTRY.substring(0, third + 5) + mark + ENTRY.substring(2 * third + 3);
  }

  private static final List<String> MARKS =
      List.of(
          " …",
          " …\n[…]\n",
          "\n[… 300 characters left out …]\n",
          "\n(… 300 characters …)\n",
          "… (300 more)");

  private static String wrapped(int width, String head) {
    var lines = new StringBuilder(head);
    int at = 0;
    for (var word : ENTRY.split("\\s+", -1)) {
      at += word.length() + 1;
      lines.append(word).append(at > width ? "\n" + head : " ");
      at = at > width ? 0 : at;
    }
    return lines.toString().strip();
  }

  private void conversation() throws Exception {
    for (var mark : MARKS) {
      agent.model.says(shortened(mark));
      agent.turn("What did I say of it?" + wrapped(60, "\n> "));
    }
    agent.call("memory", "{\"action\":\"search\",\"query\":" + quoted(middle(18)) + "}");
    agent.call("history", "{\"action\":\"search\",\"query\":" + quoted(middle(19)) + "}");
    agent.call(
        "task",
        "{\"batch\":[{\"action\":\"create\",\"title\":\"keep it\",\"note\":"
            + quoted(shortened(" … "))
            + "}]}");
    agent.call("memory", "{\"action\":\"append\",\"text\":" + quoted(wrapped(70, "")) + "}");
    agent.write("long.txt", "line\n".repeat(15_000) + shortened(" …") + "\nline\n".repeat(15_000));
    agent.bash("cat long.txt");
    Files.delete(agent.file("long.txt"));
  }

  private static String middle(int chars) {
    return ENTRY.substring(ENTRY.length() / 2, ENTRY.length() / 2 + chars).replaceAll("\\s+", " ");
  }

  private static String quoted(String text) {
    return JoinedAgent.quoted(text);
  }

  private void files() throws Exception {
    var memory = agent.memory().memory();
    var layout = memory.layout();
    for (int i = 0; i < MARKS.size(); i++) {
      var cut = item(shortened(MARKS.get(i)));
      memory.keepCheckpoint(layout.checkpoint("other" + i), "", "## Constraints\n\n" + cut);
      memory.spill(layout.spill("other" + i, "constraints"), cut);
      var said = new Said("other" + i, 1);
      memory.append(layout.progress("other" + i, "T1"), "", shortened(MARKS.get(i)), AGENT, said);
      memory.append(layout.notes("other" + i), "", wrapped(50, ""), AGENT, said);
    }
    // It stood elsewhere once, and there are versions of that.
    plant(layout.global(), "- Something else.\n" + item(ENTRY));
    memory.append(layout.global(), "", "More.", Source.USER, Said.NOWHERE);
    plant(layout.global(), "- Something else.\n");
    memory.append(layout.global(), "", "Still more.", Source.USER, Said.NOWHERE);
  }

  private static final Source AGENT = Source.AGENT;

  private MemoryEntry entry() {
    return agent.memory().memory().entries(project()).stream()
        .filter(each -> each.text().length() > PIECE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noPieceOfALongEntryIsLeftAnywhereM21() throws Exception {
    plant(project(), "## Facts\n\n" + item(ENTRY) + "- Be kind.\n");
    conversation();
    files();
    assertEquals(List.of(), missing(List.of("mimocode.db", "checkpoint.md", "output-", ".md")));

    var commands = new Commands(new ScriptedInspection()).remembering(agent.memory());
    assertEquals(ExitCode.OK, commands.run("memory", "forget", entry().id()), commands.err());

    assertEquals(Map.of(), leftovers());
    assertTrue(Files.readString(project().file()).contains("Be kind."));
    assertEquals("", commands.err());
    agent.model.says("Still here.");
    agent.turn("go on");
  }

  @Test
  void theSameWordsInAnotherFileOfTheUserStayM21() throws Exception {
    plant(project(), item(ENTRY));
    var layout = agent.memory().memory().layout();
    plant(layout.global(), item(ENTRY));
    agent.memory().memory().append(layout.global(), "", "More.", Source.USER, Said.NOWHERE);
    var before = Files.readString(layout.global().file());

    var commands = new Commands(new ScriptedInspection()).remembering(agent.memory());
    assertEquals(ExitCode.OK, commands.run("memory", "forget", entry().id()), commands.err());

    assertEquals(before, Files.readString(layout.global().file()));
  }

  /// Those of the files in which nothing of it stands: then nothing could be missed there.
  private List<String> missing(List<String> names) throws IOException {
    var holding = leftovers().keySet();
    return names.stream()
        .filter(name -> holding.stream().noneMatch(file -> file.contains(name)))
        .toList();
  }

  /// A piece that stands in a file outside the workspace, by the file.
  private Map<String, String> leftovers() throws IOException {
    var pieces = pieces();
    var found = new TreeMap<String, String>();
    try (var all = Files.walk(temp)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        var text = flat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        pieces.stream()
            .filter(text::contains)
            .findFirst()
            .ifPresent(piece -> found.put(temp.relativize(file).toString(), around(text, piece)));
      }
    }
    return found;
  }

  private static String around(String text, String piece) {
    int at = text.indexOf(piece);
    return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
  }

  /// Whatever lines it was broken into, and however it was quoted.
  private static String flat(String text) {
    return text.replaceAll("(?:\\\\+n|\\s|>)+", " ").replaceAll("\\\\+\"", "\"");
  }

  private static List<String> pieces() {
    var all = flat(ENTRY);
    return IntStream.rangeClosed(0, all.length() - PIECE)
        .mapToObj(at -> all.substring(at, at + PIECE))
        .toList();
  }
}
