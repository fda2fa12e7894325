package mimo.cli.command.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.provider.Resolution;
import mimo.agent.testing.ScriptedProvider;
import mimo.cli.JoinedAgent;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.DreamDesk;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Sessions of an agent, a scripted model that is asked what to propose, and the commands.
abstract class DistillStage {

  static final String ASKED = "Ship the shop: run the slow tests, then make ship.";
  static final String CORRECTED = "No, never ship on a Friday.";

  static final String SKILL_FILE =
      """
      ---
      name: ship-the-shop
      description: Ships the shop. Use it before a release.
      ---

      1. Run `make slow`.
      2. Run `make ship`, never on a Friday.
      """;

  @TempDir Path temp;
  Path home;
  Path workspace;
  Commands commands;
  MemoryDesk memory;
  final ScriptedProvider thinker = new ScriptedProvider();

  @BeforeEach
  void makeCommands() throws Exception {
    home = temp.toRealPath();
    var agent = new JoinedAgent(temp);
    workspace = agent.workspace();
    var desk = agent.memory();
    var real = desk.dreams();
    memory =
        new MemoryDesk(
            desk.memory(),
            desk.search(),
            desk.sessions(),
            desk.runs(),
            desk.outputs(),
            desk.editor(),
            new DreamDesk(
                real.dreaming(),
                real.distilling(),
                real.reserved(),
                real.proposals(),
                real.acceptance(),
                reference ->
                    reference == null
                        ? new Resolution.Resolved(thinker, "model", null)
                        : real.models().resolve(reference)),
            "");
    commands =
        new Commands(new ScriptedInspection())
            .in(workspace)
            .with(Map.of("HOME", agent.account().toString(), "MIMOCODE_HOME", home + "/mimo"))
            .remembering(memory);
  }

  /// A session of its own in which the agent runs a command for each thing the user says.
  void session(String command, String... prompts) throws Exception {
    try (var agent = new JoinedAgent(temp)) {
      for (int i = 0; i < prompts.length; i++) {
        var call = "{\"command\":%s}".formatted(JoinedAgent.quoted(command));
        agent.model.calls("b" + i, "bash", call).says("Done.");
        var _ = agent.turn(prompts[i]);
      }
    }
  }

  String run(String... words) {
    var before = commands.out();
    assertEquals(ExitCode.OK, commands.run(words), commands.err());
    return commands.out().substring(before.length());
  }

  static String id(String said) {
    return said.substring(0, said.indexOf(' '));
  }

  String question(int number) {
    return ((Message.User) thinker.requests().get(number).messages().getFirst()).text();
  }

  /// What the question calls the piece with these words.
  static String piece(String question, String words) {
    var before = question.substring(0, question.indexOf("\n> " + words));
    return before.substring(before.lastIndexOf("\nS") + 1).split(" ", -1)[0];
  }

  void answers(String... proposals) {
    var json = "{\"proposals\":[" + String.join(",", proposals) + "]}";
    thinker.calls("a" + thinker.requests().size() + json.length(), "answer", json);
  }

  static String skill(String name, String text, String said, String quote) {
    return proposal("skill", false, name, text, said, quote);
  }

  static String proposal(
      String kind, boolean edit, String name, String text, String said, String quote) {
    return Json.write(
        Json.object()
            .put("kind", kind)
            .put("edit", edit)
            .put("name", name)
            .put("description", "Ships the shop. Use it before a release.")
            .put("text", text)
            .put("reason", "asked for in two sessions")
            .set(
                "because",
                Json.parse("[{\"said\":\"%s\",\"quote\":%s}]".formatted(said, Json.quote(quote)))));
  }

  static final String STEPS = "1. Run `make slow`.\n2. Run `make ship`, never on a Friday.";

  /// The skill of most tests, which rests on the user's words.
  String shipping() {
    return skill("ship-the-shop", STEPS, "S1", "then make ship");
  }

  Path file(String name) {
    return workspace.resolve(name);
  }

  void write(String name, String text) throws Exception {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), text);
  }
}
