package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import mimo.agent.AgentEvent.TextDelta;
import mimo.agent.LoopStage.Unlimited;
import mimo.agent.file.PathGuard;
import mimo.agent.provider.ModelReply.Faulted;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.SampleRequests;
import mimo.agent.testing.Speech;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A21: every protocol against a server that others wrote, through the real loop and tools.
class ThirdPartyServerTest {

  private static final Path FIXTURES =
      Path.of("src/test/resources/mimo/agent/provider/third-party/fixtures.json");

  private static ThirdPartyServer server;

  @TempDir Path workspace;

  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startTheServer() throws IOException {
    server = ThirdPartyServer.start(FIXTURES);
  }

  @AfterAll
  static void stopTheServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamsTextAsItIsSaid(Speech speech) throws Exception {
    var outcome = run(ProviderBench.at(speech, server.baseUrl()), "say hello");

    assertEquals(new AgentOutcome.Answered("\"Hello – ça va? 🚀\""), outcome);
    assertTrue(heard().size() > 3, "heard only " + heard());
    assertEquals("Hello – ça va? 🚀", String.join("", heard()));
  }

  @ParameterizedTest
  @EnumSource
  void runsParallelToolCalls(Speech speech) throws Exception {
    Files.writeString(workspace.resolve("a.txt"), "first\n");
    Files.writeString(workspace.resolve("b.txt"), "second\n");

    var outcome = run(ProviderBench.at(speech, server.baseUrl()), "read both");

    assertEquals(new AgentOutcome.Answered("\"They say first and second.\""), outcome);
    var ends =
        events.stream()
            .filter(AgentEvent.ToolEnd.class::isInstance)
            .map(event -> ((AgentEvent.ToolEnd) event))
            .collect(Collectors.toMap(AgentEvent.ToolEnd::call, end -> end.answer().text()));
    assertEquals(2, ends.size());
    assertTrue(ends.getOrDefault("call_a", "").contains("first"), ends.toString());
    assertTrue(ends.getOrDefault("call_b", "").contains("second"), ends.toString());
  }

  @ParameterizedTest
  @EnumSource
  void waitsAsLongAsItIsToldAndThenGoesOn(Speech speech) throws Exception {
    var bench = ProviderBench.at(speech, server.baseUrl());

    var outcome = run(bench, "be busy, " + speech.word());

    assertEquals(new AgentOutcome.Answered("\"calm again\""), outcome);
    assertEquals(List.of(1000L), bench.time.waits().stream().map(w -> w.toMillis()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void asksAgainWhereAStreamBreaksOff(Speech speech) throws Exception {
    var bench = ProviderBench.at(speech, server.baseUrl());

    var outcome = run(bench, "break off, " + speech.word());

    assertEquals(new AgentOutcome.Answered("\"This came whole.\""), outcome);
    assertEquals(1, bench.time.waits().size());
    assertTrue(events.stream().anyMatch(AgentEvent.RetryStart.class::isInstance));
  }

  /// It is strict: what no fixture foresees is refused, so the tests above saw theirs.
  @ParameterizedTest
  @EnumSource
  void refusesWhatNobodyForesaw(Speech speech) throws InterruptedException {
    var reply = ProviderBench.at(speech, server.baseUrl()).ask(SampleRequests.UNEVEN);

    assertTrue(assertInstanceOf(Faulted.class, reply).message().contains("no fixture matched"));
  }

  private AgentOutcome run(ProviderBench bench, String prompt)
      throws IOException, InterruptedException {
    var model = new Resolution.Resolved(bench.provider, "acme-1", Price.FREE);
    var tools = Toolbox.readingOnly(PathGuard.over(workspace));
    var task = new AgentTask(model, "system", prompt, tools, null, 10, Authorities.everything());
    return new AgentLoop(task, SessionAttempt.unrecorded(), new Unlimited(), events::add, () -> 0)
        .run(AgentLoop.Stops.by(CancellationToken.never()));
  }

  private List<String> heard() {
    return events.stream()
        .filter(TextDelta.class::isInstance)
        .map(event -> ((TextDelta) event).text())
        .toList();
  }
}
