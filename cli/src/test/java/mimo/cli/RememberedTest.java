package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.message.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent knows from earlier, as the program joins it.
@Timeout(60)
final class RememberedTest {

  @TempDir private Path temp;
  private JoinedAgent agent;

  @BeforeEach
  void makeAgent() throws Exception {
    agent = new JoinedAgent(temp);
  }

  private MemoryPlace project() {
    return agent.memory().memory().layout().ofProject();
  }

  private void remember(String text) throws Exception {
    Files.createDirectories(project().file().getParent());
    Files.writeString(project().file(), text);
  }

  private static String firstMessage(JoinedAgent agent, int request) {
    return ((Message.User) agent.model.requests().get(request).messages().getFirst()).text();
  }

  @Test
  void aSessionBeginsWithOneDigestAndKeepsItM22() throws Exception {
    remember("## Rules\n\n- Never push to main.\n");
    agent.model.says("one");
    agent.turn("first");
    remember("## Rules\n\n- Something else by now.\n");
    agent.model.says("two");
    agent.turn("second");

    var first = firstMessage(agent, 0);
    assertTrue(first.startsWith("<memory>\nWhat is remembered"), first);
    assertTrue(
        first.contains("- Never push to main.") && first.endsWith("</memory>\n\nfirst"), first);
    assertEquals(first, firstMessage(agent, 1));
    assertFalse(agent.model.requests().get(0).system().contains("Never push"));
  }

  @Test
  void aSubagentBeginsWithTheDigestTooSV1() throws Exception {
    remember("## Rules\n\n- Never push to main.\n");
    agent
        .model
        .calls("c1", "agent", "{\"action\":\"run\",\"prompt\":\"look around\"}")
        .says("I looked.")
        .says("done");
    agent.turn("first");

    var child = firstMessage(agent, 1);
    assertTrue(child.startsWith("<memory>\nWhat is remembered"), child);
    assertTrue(child.endsWith("</memory>\n\nlook around"), child);
  }

  @Test
  void nothingRememberedIsNothingToldAndNothingMade() throws Exception {
    agent.model.says("one");
    agent.turn("first");

    assertEquals("first", firstMessage(agent, 0));
    assertFalse(Files.exists(agent.account().resolveSibling("mimo/cache/index.db")));
    assertFalse(Files.exists(agent.account().resolveSibling("mimo/data/memory")));
  }

  @Test
  void whatIsNotedInOneSessionIsFoundInTheNextM19() throws Exception {
    var noted = agent.call("memory", "{\"action\":\"append\",\"text\":\"The port is 8443.\"}");
    var found = agent.call("memory", "{\"action\":\"search\",\"query\":\"ports\"}");

    assertTrue(noted.text().startsWith("noted as m"), noted.text());
    assertTrue(found.text().contains("> - The port is 8443."), found.text());
  }

  @Test
  void everythingThatWasSaidCanBeFoundAgainM20() throws Exception {
    agent.model.says("The colour is teal.");
    agent.turn("which colour");

    var found = agent.call("history", "{\"action\":\"search\",\"query\":\"colour teal\"}");

    var line =
        found.text().lines().filter(each -> each.contains(" model")).findFirst().orElseThrow();
    assertTrue(found.text().contains("> The colour is teal."), found.text());
    var around =
        agent.call(
            "history", "{\"action\":\"around\",\"message\":\"" + line.split(" ", -1)[0] + "\"}");
    assertTrue(around.text().contains("> which colour"), around.text());
  }

  @Test
  void whatIsForgottenIsInNoFileM21() throws Exception {
    remember("## Rules\n\n- The handshake is left-handed.\n- Be kind.\n");
    agent.model.says("Understood.");
    agent.turn("hello");
    var desk = agent.memory();
    var entry =
        desk.memory().entries(project()).stream()
            .filter(each -> each.text().contains("handshake"))
            .findFirst()
            .orElseThrow();
    assertEquals(1, desk.toldOf(entry).size());

    var text = desk.memory().forget(entry);
    var _ = desk.search().rebuild();
    var erased = desk.erase(Map.of(text, "[FORGOTTEN]"));

    assertEquals(1, erased.sessions().size());
    assertEquals(List.of(), erased.kept());
    assertEquals(List.of(), filesWith("handshake"));
    agent.model.says("Still here.");
    agent.turn("go on");
    assertTrue(firstMessage(agent, 1).contains("[FORGOTTEN]"));
  }

  private List<Path> filesWith(String text) throws Exception {
    try (var all = Files.walk(temp)) {
      return all.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
