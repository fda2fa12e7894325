package mimo.agent.subagent;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mimo.agent.AgentEvent;
import mimo.agent.Conversation;
import mimo.agent.ConversationSetup;
import mimo.agent.TurnOutcome;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.ToolChoice;
import mimo.agent.memory.Recall;
import mimo.agent.message.Message;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.provider.ModelRequest;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;
import mimo.engine.redaction.Redactor;
import mimo.engine.session.Sessions;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;

/// A session whose agent has others work for it, over a store in memory. Each [Life] is one life of
/// the program. Confined to one thread.
final class SubagentStage {

  final InMemoryJournal.Disk disk = new InMemoryJournal.Disk();
  final ScriptedProvider parent = new ScriptedProvider();
  final ScriptedProvider child = new ScriptedProvider();
  final List<String> deeds = Collections.synchronizedList(new ArrayList<>());
  final List<AgentEvent> heard = Collections.synchronizedList(new ArrayList<>());
  private final Random random = new Random(5);
  private Authority authority = Authority.headless(Path.of("/work place"));
  private Map<String, AgentDefinition> agents = Map.of();
  private ToolChoice tools = ToolChoice.ALL;
  SessionId session = new SessionId("000000000000");

  private int depth = 1;

  SubagentStage() {}

  SubagentStage deep(int levels) {
    depth = levels;
    return this;
  }

  SubagentStage in(Path workspace) {
    authority = Authority.headless(workspace);
    return this;
  }

  SubagentStage asking(Approver approver) {
    authority = authority.asking(approver);
    return this;
  }

  SubagentStage readOnly() {
    authority = authority.readOnly();
    return this;
  }

  SubagentStage withTools(ToolChoice parents) {
    tools = parents;
    return this;
  }

  SubagentStage with(AgentDefinition agent) {
    agents = Map.of(agent.name(), agent);
    return this;
  }

  Sessions sessions(int cut) {
    return new Sessions(
        () -> new InMemoryJournal(disk, cut),
        _ -> Redactor.NONE,
        _ -> Redactor.NONE,
        new ManualClock(),
        random);
  }

  /// One life of the program, with the session open.
  final class Life implements AutoCloseable {
    private final Sessions store;
    private final mimo.engine.session.OwnSession own;
    private final ConversationRecord record;
    final Subagents subagents;

    Life(boolean first, int cut) throws InterruptedException {
      store = sessions(cut);
      own = first ? store.create("{}") : store.open(session);
      session = own.id();
      record = ConversationRecord.open(own);
      var place =
          new Workplace(
              Path.of("/work place"),
              agents,
              () -> "",
              Recall.NOTHING,
              _ -> child.resolved(),
              _ -> Toolbox.of(List.of(write(), question())),
              depth,
              Rebuilding.plain(),
              () -> 0);
      subagents = Subagents.of(session, record.facts(), place, sessions(cut), heard::add);
    }

    TurnOutcome ask(String prompt) throws InterruptedException {
      return ask(prompt, CancellationToken.never());
    }

    TurnOutcome ask(String prompt, CancellationToken cancellation) throws InterruptedException {
      return conversation().turn(new Asked(prompt), cancellation, heard::add);
    }

    TurnOutcome goOn() throws InterruptedException {
      return conversation().goOn(CancellationToken.never(), heard::add);
    }

    private Conversation conversation() {
      var tool = new SubagentTool(subagents, new ParentRights(authority, tools), "scripted/model");
      var box = Toolbox.of(List.of(tool)).hearing(subagents);
      var setup = new ConversationSetup("build", parent.resolved(), "system", box, authority);
      return new Conversation(record, setup, () -> 0);
    }

    @Override
    public void close() {
      subagents.close();
      own.close();
      store.close();
    }
  }

  Life begin() throws InterruptedException {
    return new Life(true, Integer.MAX_VALUE);
  }

  Life later() throws InterruptedException {
    return new Life(false, Integer.MAX_VALUE);
  }

  /// The answer to the one call in the last message of a request.
  String answer(int request) {
    var last = parent.requests().get(request).messages().getLast();
    return assertInstanceOf(Message.Tools.class, last).answers().getFirst().text();
  }

  /// What the user's side says last in a request.
  static String said(ModelRequest request) {
    return assertInstanceOf(Message.User.class, request.messages().getLast()).text();
  }

  private Tool write() {
    return tool(
        new ToolSpec("write", "Writes.", "{\"properties\":{}}", ToolSpec.Effect.CHANGES),
        new Need.Write("a.txt"));
  }

  private Tool question() {
    return tool(
        new ToolSpec("question", "Asks.", "{\"properties\":{}}", ToolSpec.Effect.CHANGES),
        new Need.Use());
  }

  private Tool tool(ToolSpec spec, Need need) {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public List<Need> needs(ObjectNode input) {
        return List.of(need);
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation) {
        deeds.add(spec.name());
        return Result.ok("done");
      }
    };
  }
}
