package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mimo.agent.checkpoint.Checkpoint;
import mimo.agent.checkpoint.CheckpointFile;
import mimo.agent.checkpoint.Checkpoints;
import mimo.agent.checkpoint.MemoryOfTest;
import mimo.agent.checkpoint.SessionCheckpoints;
import mimo.agent.checkpoint.Thresholds;
import mimo.agent.memory.Memory;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedSession;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A conversation whose checkpoints are written by another scripted model than the one that works.
/// Each reply has 110 tokens.
abstract class CheckpointStage implements Provider {

  static final String SECRET = "planted-value-0123456789";
  static final String GOOD =
      """
      Here it is:
      ```json
      {"sections": {
        "active-intent": [{"text": "Asked:\\n> make it green", "from": ["m0"]}],
        "next-action": [{"text": "Run `change` again.", "from": ["c:a"]}],
        "constraints": [{"text": "must: stay green, for the release", "from": ["m0"]}]},
       "dropped": []}
      ```
      """;

  @TempDir Path folder;
  final ScriptedProvider agent = new ScriptedProvider();
  final ScriptedProvider writer = new ScriptedProvider();
  final RecordedSession journal = new RecordedSession();
  final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  Memory memory;

  @BeforeEach
  void open() {
    memory = MemoryOfTest.in(folder, List.of(SECRET));
  }

  @Override
  public String id() {
    return "scripted";
  }

  /// Who writes a checkpoint is another one here, so that a test can say what each says.
  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    boolean writes =
        request.messages().getLast() instanceof Message.User(var text)
            && (text.contains("Write the next checkpoint") || text.contains("cannot be kept"));
    return (writes ? writer : agent).ask(request, listener, cancellation);
  }

  SessionCheckpoints checkpoints(long budget, List<String> thresholds, boolean forked) {
    return new Checkpoints(
            memory, Thresholds.of(thresholds), OptionalLong.of(budget), forked, notices::add)
        .of("s1", List.of());
  }

  Conversation conversation(TurnWatch watch) throws InterruptedException {
    return conversation(watch, ConversationBudget.NONE);
  }

  Conversation conversation(TurnWatch watch, ConversationBudget budget)
      throws InterruptedException {
    var change =
        LoopStage.tool("change", ToolSpec.Effect.CHANGES, (_, _) -> "changed, said " + SECRET);
    var wait =
        LoopStage.tool(
            "wait",
            ToolSpec.Effect.READS,
            (_, _) -> {
              writer.awaitHanging();
              return "waited";
            });
    var box = Toolbox.of(List.of(change, wait)).watchedBy(watch);
    var setup =
        new ConversationSetup(
                "build",
                new Resolution.Resolved(this, "model", new Price(1_000_000, 1_000_000, 0)),
                "system",
                box,
                Authorities.everything())
            .withBudget(budget);
    return new Conversation(ConversationRecord.open(journal), setup, () -> 0);
  }

  TurnOutcome ask(Conversation conversation, String prompt) throws InterruptedException {
    return conversation.turn(new Asked(prompt), CancellationToken.never(), events::add);
  }

  Checkpoint stored() {
    return new CheckpointFile(memory, "s1").read().checkpoint();
  }

  List<CheckpointKept> facts() {
    return journal.recorded().stream()
        .map(FactCodec::read)
        .filter(CheckpointKept.class::isInstance)
        .map(CheckpointKept.class::cast)
        .toList();
  }

  /// As another process goes on with it.
  SessionCheckpoints again() {
    var recorded = journal.recorded().stream().map(FactCodec::read).toList();
    return new Checkpoints(
            memory, Thresholds.of(List.of("10%")), OptionalLong.of(1_000), false, notices::add)
        .of("s1", recorded);
  }

  /// Asks it, and waits for the checkpoint that may be written.
  void asked(TurnWatch watch, String prompt) throws Exception {
    agent.says("done");
    // It is written without the model then.
    writer.says("no").says("no").says("no").says("no");
    var _ = ask(conversation(watch), prompt);
    assertTrue(watch.await(Duration.ofSeconds(20)));
  }

  static ConversationBudget budget(long tokens, int requests) {
    return new ConversationBudget(
        OptionalLong.empty(), OptionalLong.of(tokens), OptionalInt.of(requests), null);
  }

  String said(int request) {
    return ((Message.User) writer.requests().get(request).messages().getLast()).text();
  }
}
