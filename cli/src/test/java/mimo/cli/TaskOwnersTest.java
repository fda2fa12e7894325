package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.session.FactCodec;
import mimo.agent.task.TaskTree;
import mimo.agent.testing.ScriptedProvider;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whose tasks an agent answers for, as the program joins it: those in the record of its own
/// session, and nobody else's (T4).
@Timeout(60)
final class TaskOwnersTest {

  private static final String PARSER = "do the parser";
  private static final String LEXER = "do the lexer";

  @TempDir private Path temp;
  private JoinedAgent agent;
  private final ScriptedProvider parent = new ScriptedProvider();
  private final ScriptedProvider parser = new ScriptedProvider();
  private final ScriptedProvider lexer = new ScriptedProvider();

  /// Several agents at once, each of which has a script of its own.
  ///
  /// @param scripts by what the agent is asked first
  private record Cast(Map<String, ScriptedProvider> scripts) implements Provider {
    @Override
    public String id() {
      return "scripted";
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation)
        throws InterruptedException {
      var asked = ((Message.User) request.messages().getFirst()).text();
      return scripts.entrySet().stream()
          .filter(script -> asked.endsWith(script.getKey()))
          .findFirst()
          .orElseThrow()
          .getValue()
          .ask(request, listener, cancellation);
    }
  }

  @BeforeEach
  void makeAgent() throws Exception {
    agent = new JoinedAgent(temp);
    agent.thinker = new Cast(Map.of("go", parent, PARSER, parser, LEXER, lexer));
  }

  private static String create(String title) {
    return "{\"action\":\"create\",\"title\":\"" + title + "\"}";
  }

  private static String has(String action, String prompt) {
    return "{\"action\":\"" + action + "\",\"prompt\":\"" + prompt + "\"}";
  }

  private static String lastWords(ScriptedProvider model, int request) {
    return ((Message.User) model.requests().get(request).messages().getLast()).text();
  }

  /// What the store knows of the tasks of a session, told by what was asked in it first.
  private String tasks(String title) {
    var session =
        agent.desk().list().stream()
            .filter(line -> line.title().endsWith(title))
            .findFirst()
            .orElseThrow();
    return TaskTree.of(agent.desk().said(session.id()).stream().map(FactCodec::read).toList())
        .toString();
  }

  @Test
  void aSubagentMayEndWhileTasksOfWhoeverCalledItAreOpenT4() throws Exception {
    parent
        .calls("p1", "task", create("ship it"))
        .calls("p2", "agent", has("run", PARSER))
        .says("done");
    parser.says("The parser is fine.");

    var answers = agent.turn("go");

    assertTrue(answers.getLast().text().contains("status=\"answered\""), answers.toString());
    assertEquals(1, parser.requests().size(), "nobody told it to go on");
    assertEquals("T1 open: ship it", tasks("go"));
    assertEquals("(no tasks)", tasks(PARSER));
  }

  @Test
  void agentsThatWorkSideBySideAnswerEachForItsOwnTasksT4() throws Exception {
    parent
        .replies(
            Finish.TOOL_CALLS,
            agent.toCall("task", create("ship it")),
            agent.toCall("agent", has("spawn", PARSER)),
            agent.toCall("agent", has("spawn", LEXER)))
        .calls("p2", "agent", "{\"action\":\"wait\"}")
        .says("done");
    parser.calls("c1", "task", create("write it")).says("done").says("done").says("done");
    lexer
        .calls("c1", "task", create("read it"))
        .says("done")
        .calls("c2", "task", "{\"action\":\"done\",\"id\":\"T1\"}")
        .says("I read it.");

    agent.turn("go");

    assertEquals(
        Reminder.of(
            "These tasks of yours are not finished:\n"
                + "T1 open: read it\n"
                + "Finish them, or mark each done, blocked or abandoned, as it is; then give your"
                + " answer again."),
        lastWords(lexer, 2));
    assertEquals(4, parser.requests().size(), "it was told twice");
    var told = lastWords(parent, 2);
    assertTrue(
        told.contains("partial: these tasks are not finished:\nT1 open: write it\n</subagent>"),
        told);
    assertTrue(told.contains("status=\"partial\""), told);
    assertTrue(told.contains("I read it.") && told.contains("status=\"answered\""), told);
    assertEquals(
        List.of("T1 open: ship it", "T1 open: write it", "T1 done: read it"),
        List.of(tasks("go"), tasks(PARSER), tasks(LEXER)));
  }
}
