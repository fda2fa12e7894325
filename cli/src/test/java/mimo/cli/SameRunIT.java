package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.Speech;
import mimo.cli.testing.BuiltMimo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One script with the built program, once over each protocol: what stays of the runs is the same
/// (A16).
final class SameRunIT {

  private static final String SCRIPT =
      """
      export const meta = { name: 'same', description: 'reads, asks again, shapes' };
      const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
      phase('read');
      const text = await agent('What does a.txt say?', { label: 'read' });
      phase('shape');
      const shaped = await agent('How many?', { label: 'shape', schema });
      const lost = await agent('Odd.', { label: 'odd' });
      return { text, shaped, lost };
      """;

  private @TempDir Path temp;

  @Test
  void isTheSameOverEveryProtocol() throws Exception {
    var chat = events(Speech.CHAT);
    var messages = events(Speech.MESSAGES);
    var responses = events(Speech.RESPONSES);

    assertEquals(chat, messages);
    assertEquals(chat, responses);
    assertEquals(2, chat.stream().filter(event -> event.contains("step_completed")).count());
  }

  private static FakeReply[] replies(Speech speech) {
    return new FakeReply[] {
      speech
          .script()
          .text("I look.")
          .toolCall("c1", "read", "{\"file_path\":\"a.txt\"}")
          .finish(Finish.TOOL_CALLS)
          .usage(100, 20)
          .done(),
      speech.script().text("It says first.").finish(Finish.STOP).usage(150, 5).done(),
      speech.script().text("{\"n\":\"many\"}").finish(Finish.STOP).usage(40, 4).done(),
      speech.script().text("{\"n\":3}").finish(Finish.STOP).usage(60, 4).done(),
      FakeReply.plain(400, speech.error("invalid_request_error", "odd"))
    };
  }

  private List<String> events(Speech speech) throws Exception {
    var folder = Files.createDirectories(temp.resolve(speech.word() + "/work"));
    Files.writeString(folder.resolve("same.js"), SCRIPT);
    Files.writeString(folder.resolve("a.txt"), "first\n");
    try (var server = FakeModelServer.inTurn(replies(speech))) {
      var configuration =
          """
          {"provider": {"test": {
            "options": {"protocol": "%s", "baseURL": "%s", "apiKey": "test-key-0001"}}}}
          """
              .formatted(speech.word(), server.baseUrl());
      var home = temp.resolve(speech.word() + "/home");
      var mimo = new BuiltMimo(home, folder, configuration);

      var ran = mimo.run("compose", "same.js", "--model", "test/m", "--json");
      assertEquals(3, ran.exit(), ran.err());
      var run = ran.json().path("run").asText();
      return mimo.run("runs", "show", run, "--format", "stream-json").lines().stream()
          .map(line -> plain(line, run, server.baseUrl().getAuthority()))
          .toList();
    }
  }

  private static String plain(JsonNode line, String run, String server) {
    strip(line);
    return line.toString().replace(run, "RUN").replace(server, "SERVER");
  }

  /// Leaves out what names the moment or the folder.
  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(List.of("ms", "time", "clock", "seed", "options"));
    }
    node.forEach(SameRunIT::strip);
  }
}
