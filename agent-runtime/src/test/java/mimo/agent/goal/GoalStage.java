package mimo.agent.goal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.Conversation;
import mimo.agent.ConversationBudget;
import mimo.agent.ConversationSetup;
import mimo.agent.TurnOutcome;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.memory.Recall;
import mimo.agent.permission.Authority;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.OwnRebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.SayingShells;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.journal.Journal;
import mimo.engine.redaction.Redactor;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import mimo.engine.testing.ManualClock;

/// A conversation with a goal: a scripted agent, a scripted judge, and commands that are looked up
/// in the folder they run in: `FILE says WORDS` ends with 0 if the file holds these words.
public final class GoalStage {

  public static final Price PRICE = new Price(1_000_000, 2_000_000, 0);

  public final ScriptedProvider agent = new ScriptedProvider();
  public final ScriptedProvider judge = new ScriptedProvider();
  public final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  public Asker asker = Asker.nobody();
  public int most = 12;
  public ConversationBudget budget = ConversationBudget.NONE;
  public Authority authority = Authorities.everything();

  /// Happens before any check runs.
  public Runnable checking = () -> {};

  public Provider thinker = agent;
  public Provider ruler = judge;
  public final SayingShells shells;
  public EffortSupport efforts = EffortSupport.UNKNOWN;
  public ModelSize size = ModelSize.UNKNOWN;
  private final Map<String, String> printed = new ConcurrentHashMap<>();
  private final Path root;
  private final Path own;
  private final Random random = new Random(5);

  /// @param folder an empty one
  public GoalStage(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("work")).toRealPath();
    shells = new SayingShells(root);
    own = Files.createDirectories(folder.resolve("own")).toRealPath();
  }

  public Path file(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  public Sessions sessions(Supplier<Journal> journal) {
    return new Sessions(journal, _ -> Redactor.NONE, _ -> Redactor.NONE, new ManualClock(), random);
  }

  public Conversation conversation(OwnSession session) throws IOException, InterruptedException {
    var setup =
        new ConversationSetup(
            "build",
            new Resolution.Resolved(thinker, "model", PRICE),
            "system",
            Toolbox.of(List.of(bash())),
            Authorities.everything(),
            null,
            null,
            AgentLimits.TURNS,
            OptionalLong.empty(),
            null,
            null);
    return new Conversation(
        ConversationRecord.open(session),
        setup.withBudget(budget),
        new Conversation.Backing(Recall.NOTHING, ground(), OwnRebuilding.plain()),
        () -> 0);
  }

  public GoalGround ground() throws IOException {
    return new GoalGround(
        PathGuard.over(root),
        authority,
        there -> {
          checking.run();
          return shells.open(there);
        },
        new Originals(own.resolve("kept"), own.resolve("scratch"), new ManualClock()),
        (question, cancellation) -> asker.ask(question, cancellation),
        () -> new Resolution.Resolved(ruler, "judge", PRICE, efforts, size),
        most,
        Duration.ofSeconds(20));
  }

  /// A tool that prints what the script says, `count N`, or what it is told to.
  private Tool bash() {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return new ToolSpec(
            "bash",
            "Prints.",
            "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"},"
                + "\"prints\":{\"type\":\"string\"}}}",
            ToolSpec.Effect.READS);
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation) {
        var command = input.path("command").asText();
        return Result.ok(
            command.startsWith("count ")
                ? command.substring("count ".length()) + " of 12 tests passed"
                : printed.getOrDefault(command, input.path("prints").asText()));
      }
    };
  }

  /// The agent runs a command that prints something, and ends with a claim.
  public GoalStage works(String id, String prints, String claim) {
    var command = "run it as " + id;
    printed.put(command, prints);
    agent.calls(id, "bash", Json.write(Json.object().put("command", command)));
    agent.says(claim);
    return this;
  }

  /// The judge replies.
  public GoalStage rules(boolean ok, boolean impossible, String reason, String... evidence) {
    judge.says(verdict(ok, impossible, reason, evidence));
    return this;
  }

  public static String verdict(boolean ok, boolean impossible, String reason, String... evidence) {
    var json = Json.object().put("ok", ok).put("impossible", impossible).put("reason", reason);
    var quotes = json.putArray("evidence");
    for (var quote : evidence) {
      quotes.add(quote);
    }
    return Json.write(json);
  }

  public TurnOutcome ask(Conversation conversation, String prompt) throws InterruptedException {
    return conversation.turn(new Asked(prompt), CancellationToken.never(), events::add);
  }

  public static void pursue(Conversation conversation, Goal goal)
      throws IOException, InterruptedException {
    conversation.pursue(goal, CancellationToken.never());
  }
}
