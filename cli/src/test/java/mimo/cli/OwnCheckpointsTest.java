package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.testing.CountingModel;
import mimo.agent.testing.RecordedStep;
import mimo.cli.testing.PileModel;
import mimo.engine.ActivityResult;
import mimo.engine.SessionId;
import mimo.engine.StepKind;
import mimo.engine.journal.SessionEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Subagents, and agents of workflows, whose conversations become too long: as the program joins
/// them, killed, and going on in another process (K22).
@Timeout(120)
final class OwnCheckpointsTest {

  private static final int BUDGET = 16_000;
  private static final String CONFIGURATION =
      "{\"context\":{\"budget\":" + BUDGET + "},\"permission\":{\"bash\":\"allow\"}}";

  /// Behind the first rebuild.
  private static final int KILLED_AT = 12;

  private static final String STEP = "0123456789ab-1";

  @TempDir private Path temp;
  private Path home;

  @BeforeEach
  void makeHome() throws Exception {
    home = Files.createDirectory(temp.resolve("home"));
  }

  private JoinedAgent agent(PileModel model) throws Exception {
    var agent = new JoinedAgent(home, Map.of(), CONFIGURATION);
    agent.thinker = model;
    for (int i = 1; i <= PileModel.PILES; i++) {
      agent.write("pile" + i + ".txt", ("straw and hay of the pile " + i + "\n").repeat(250));
    }
    return agent;
  }

  /// How the process ends whose image was taken.
  private interface End {
    void run() throws Exception;
  }

  /// What a process leaves behind that is killed now; the one that runs goes on elsewhere.
  private void killed(End end) throws Exception {
    var image = temp.resolve("image");
    run("cp", "-a", home.toString(), image.toString());
    end.run();
    run("rm", "-r", home.toString());
    run("mv", image.toString(), home.toString());
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private List<String> deeds() throws Exception {
    return Files.readAllLines(home.resolve("workspace/deeds.txt"));
  }

  private static List<String> everyDeedOnce() {
    return IntStream.rangeClosed(1, PileModel.PILES).mapToObj(i -> "deed" + i).toList();
  }

  private static String first(ModelRequest request) {
    return ((Message.User) request.messages().getFirst()).text();
  }

  private static List<SessionFact> facts(List<SessionEntry> entries) {
    return entries.stream().map(FactCodec::read).toList();
  }

  /// It keeps its state in its own folder, was told it, and nothing was too long.
  private static void check(
      JoinedAgent agent, String session, List<SessionFact> facts, List<ModelRequest> requests) {
    var memory = agent.memory().memory();
    var checkpoint = memory.text(memory.layout().checkpoint(session)).orElse("");
    assertTrue(checkpoint.contains("> " + PileModel.PROMPT), checkpoint);
    assertTrue(checkpoint.contains("You must not touch the cellar."), checkpoint);
    assertTrue(facts.stream().anyMatch(CheckpointKept.class::isInstance), facts.toString());
    var rebuilt =
        facts.stream().filter(Rebuilt.class::isInstance).map(Rebuilt.class::cast).toList();
    assertFalse(rebuilt.isEmpty(), "it was never rebuilt");
    for (var each : rebuilt) {
      var told = requests.stream().filter(asked -> first(asked).startsWith(each.text())).toList();
      assertFalse(told.isEmpty(), "nobody was told: " + each.text());
      assertTrue(each.text().startsWith("<system-reminder>\n"), each.text());
      assertTrue(each.text().contains(PileModel.PROMPT), each.text());
      assertTrue(each.text().contains("You must not touch the cellar."), each.text());
    }
    for (var request : requests) {
      assertTrue(CountingModel.tokens(request.messages()) <= BUDGET, request.toString());
    }
  }

  private static SessionId child(JoinedAgent agent) throws Exception {
    return session(agent, true);
  }

  private static SessionId parent(JoinedAgent agent) throws Exception {
    return session(agent, false);
  }

  private static SessionId session(JoinedAgent agent, boolean ofSubagent) throws Exception {
    try (var sessions = agent.sessions()) {
      return sessions.keeper().list().stream()
          .filter(session -> session.about().contains("\"A1\"") == ofSubagent)
          .findFirst()
          .orElseThrow()
          .id();
    }
  }

  private static List<SessionFact> factsOf(JoinedAgent agent, SessionId session) throws Exception {
    try (var sessions = agent.sessions()) {
      return facts(sessions.keeper().read(session));
    }
  }

  @Test
  void aSubagentInTheBackgroundIsRebuiltInItsOwnFolderK22() throws Exception {
    var model = new PileModel();
    try (var agent = agent(model)) {
      agent.turn(PileModel.PARENT);

      var child = child(agent);
      check(agent, child.value(), factsOf(agent, child), model.work());
      var parent = parent(agent).value();
      var layout = agent.memory().memory().layout();
      assertFalse(Files.exists(layout.checkpoint(parent).file()), "the parent has one");
    }
    assertEquals(everyDeedOnce(), deeds());
  }

  @Test
  void aSubagentThatWasKilledBehindARebuildGoesOnWithWhatItWasToldK22() throws Exception {
    var killed = new PileModel(KILLED_AT);
    var agent = agent(killed);
    var life =
        Thread.ofVirtual()
            .start(() -> {
              try {
                agent.turn(PileModel.PARENT);
              } catch (InterruptedException | AssertionError ended) {
                Thread.currentThread().interrupt();
              }
            });
    killed.awaitHanging();
    var parent = parent(agent).value();
    killed(() -> {
      life.interrupt();
      life.join();
      agent.close();
    });

    var model = new PileModel();
    try (var next = agent(model).goingOn(parent)) {
      next.turn(PileModel.PARENT + " again");

      var child = child(next);
      var all = new ArrayList<>(killed.work());
      all.addAll(model.work());
      check(next, child.value(), factsOf(next, child), all);
      assertEquals(
          first(killed.work().getLast()),
          first(model.work().getFirst()),
          "it is told in other words what was before");
    }
    assertEquals(everyDeedOnce(), deeds());
  }

  @Test
  void anAgentOfARunIsRebuiltInItsOwnFolderK22() throws Exception {
    var model = new PileModel();
    var step = new RecordedStep();
    try (var agent = agent(model)) {
      var result =
          agent
              .agentsOfWorkflows()
              .perform(
                  RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"" + PileModel.PROMPT + "\"}"),
                  step);

      assertInstanceOf(ActivityResult.Completed.class, result);
      check(agent, STEP, facts(step.session().recorded()), model.work());
    }
    assertEquals(everyDeedOnce(), deeds());
  }

  @Test
  void anAgentOfARunThatWasKilledBehindARebuildGoesOnWithWhatItWasToldK22() throws Exception {
    var request = RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"" + PileModel.PROMPT + "\"}");
    var killed = new PileModel(KILLED_AT);
    var step = new RecordedStep();
    var agent = agent(killed);
    var life =
        Thread.ofVirtual()
            .start(() -> {
              try {
                var _ = agent.agentsOfWorkflows().perform(request, step);
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    killed.awaitHanging();
    var recorded = step.session().recorded();
    killed(() -> {
      step.cancel();
      life.join();
      agent.close();
    });

    var model = new PileModel();
    var resumed = new RecordedStep();
    var _ = resumed.session().holding(recorded);
    try (var next = agent(model)) {
      var result = next.agentsOfWorkflows().perform(request, resumed);

      assertInstanceOf(ActivityResult.Completed.class, result);
      var all = new ArrayList<>(killed.work());
      all.addAll(model.work());
      check(next, STEP, facts(resumed.session().recorded()), all);
      assertEquals(killed.work().getLast(), model.work().getFirst(), "another request is sent");
    }
    assertEquals(everyDeedOnce(), deeds());
  }
}
