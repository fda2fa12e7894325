package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.file.PathGuard;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.Speech;
import mimo.agent.tool.Toolbox;
import mimo.engine.RunEvent;
import mimo.engine.RunResult;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.RecordingListener;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run does not show which protocol its models spoke (A16): the same workflow and the same
/// answers leave the same journal.
class SameRunTest {

  @TempDir Path workspace;

  @Test
  void isTheSameInEveryProtocol() throws IOException, InterruptedException {
    Files.writeString(workspace.resolve("a.txt"), "first\n");

    // One server for all, since a refusal names its port.
    var replies = new ArrayList<>(replies(Speech.CHAT));
    replies.addAll(replies(Speech.MESSAGES));
    replies.addAll(replies(Speech.RESPONSES));
    try (var server = FakeModelServer.inTurn(replies.toArray(FakeReply[]::new))) {
      var chat = run(ProviderBench.at(Speech.CHAT, server.baseUrl()));
      var messages = run(ProviderBench.at(Speech.MESSAGES, server.baseUrl()));
      var responses = run(ProviderBench.at(Speech.RESPONSES, server.baseUrl()));

      assertEquals(chat, messages);
      assertEquals(chat, responses);
      assertEquals(2, chat.stream().filter(RunEvent.StepCompleted.class::isInstance).count());
      assertEquals(1, chat.stream().filter(RunEvent.StepFailed.class::isInstance).count());
      assertEquals(replies.size(), server.captured().size());
    }
  }

  /// For three agents: one reads a file and is cut, one must ask twice, one is refused.
  private static List<FakeReply> replies(Speech speech) {
    return List.of(
        speech
            .script()
            .reasoning("It is there.")
            .text("I look.")
            .toolCall("c1", "read", "{\"file_path\":\"a.txt\"}")
            .finish(Finish.TOOL_CALLS)
            .usage(100, 20)
            .done(),
        speech.script().text("It says").finish(Finish.LENGTH).usage(150, 2).done(),
        speech.script().text(" first.").finish(Finish.STOP).usage(160, 3).done(),
        FakeReply.plain(500, speech.error("server_error", "broken")),
        speech.script().text("again").finish(Finish.STOP).usage(7, 1).done(),
        FakeReply.plain(400, speech.error("invalid_request_error", "odd")));
  }

  private List<RunEvent> run(ProviderBench bench) throws IOException, InterruptedException {
    try (var journal = new InMemoryJournal();
        var engine = TestBench.engine(journal, agents(bench))) {
      var run =
          engine.start(
              TestBench.request(), ScriptedWorkflows.sequential(3), new RecordingListener());

      assertInstanceOf(RunResult.Completed.class, run.await());
      return engine.events(run.id());
    }
  }

  private AgentActivity agents(ProviderBench bench) throws IOException {
    return new AgentActivity(
        AgentSettings.in(workspace).withAuthority(Authorities.everything()).withModel("acme/gpt"),
        _ -> new Resolution.Resolved(bench.provider, "gpt", Price.FREE),
        ToolSource.of(Toolbox.readingOnly(PathGuard.over(workspace))),
        (_, _, _) -> {},
        () -> 0);
  }
}
