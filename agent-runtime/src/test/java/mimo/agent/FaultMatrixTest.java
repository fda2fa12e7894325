package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mimo.agent.FaultyConversation.Point;
import mimo.agent.LoopStage.Unlimited;
import mimo.agent.provider.Price;
import mimo.agent.provider.ProviderLimits;
import mimo.agent.provider.Resolution;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.FaultyTransport;
import mimo.agent.testing.GoldenText;
import mimo.agent.testing.ProviderBench;
import mimo.agent.testing.Speech;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A26, A27, S77–S79: every fault at every point of a conversation, in every protocol, through the
/// real loop over HTTP; only the waits are virtual. What must come of each stands in
/// `fault-matrix.txt`.
class FaultMatrixTest {

  private static final CountDownLatch END = new CountDownLatch(1);
  private static final Duration IDLE = Duration.ofSeconds(1);

  private static final List<Fault> FAULTS =
      List.of(
          Fault.nameFailure(),
          Fault.refused(),
          Fault.timeout(),
          Fault.tls(),
          Fault.status(400, "invalid_request_error", "invalid_request_error", "odd temperature"),
          Fault.status(401, "invalid_api_key", "authentication_error", "wrong key"),
          Fault.status(403, "permission_denied", "permission_error", "not yours"),
          new Fault.Refusal("exhausted credit", (speech, _) -> credit(speech)),
          Fault.status(404, "model_not_found", "not_found_error", "model: acme-1"),
          Fault.status(
              400, "context_length_exceeded", "invalid_request_error", "prompt is too long"),
          Fault.status(408, "timeout", "timeout_error", "too slow"),
          Fault.status(409, "conflict", "conflict_error", "conflict"),
          Fault.status(500, "server_error", "api_error", "broken"),
          Fault.status(529, "overloaded", "overloaded_error", "overloaded"),
          Fault.status(429, "rate_limit_exceeded", "rate_limit_error", "too many"),
          limited("429 Retry-After 2 s", "2"),
          limited("429 Retry-After 1 h", "3600"),
          Fault.idle(END),
          Fault.trickle(300, 4),
          Fault.cut(),
          Fault.malformed(),
          Fault.errorInside());

  @AfterAll
  static void letSilentServersGo() {
    END.countDown();
  }

  @Test
  void everyCellComesOutAsWritten() throws InterruptedException, ExecutionException {
    var table = new ArrayList<List<String>>();
    var head = new ArrayList<>(List.of("fault"));
    for (var point : Point.values()) {
      head.add(point.label());
    }
    table.add(head);
    for (var fault : FAULTS) {
      table.add(row(fault));
    }

    var text = aligned(table);

    System.out.println(
        "%d faults x %d points x %d protocols = %d cells%n%n%s"
            .formatted(
                FAULTS.size(),
                Point.values().length,
                Speech.values().length,
                FAULTS.size() * Point.values().length * Speech.values().length,
                text));
    GoldenText.matches("fault-matrix.txt", text);
  }

  /// The cells of a row side by side, since some of them are about silence.
  private static List<String> row(Fault fault) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var cells = new ArrayList<Future<String>>();
      for (var point : Point.values()) {
        for (var speech : Speech.values()) {
          cells.add(threads.submit(() -> cell(speech, fault, point)));
        }
      }
      var row = new ArrayList<>(List.of(fault.name()));
      int protocols = Speech.values().length;
      for (int i = 0; i < cells.size(); i += protocols) {
        for (int other = 1; other < protocols; other++) {
          assertEquals(
              cells.get(i).get(),
              cells.get(i + other).get(),
              fault.name() + ", cell " + i + ", " + Speech.values()[other]);
        }
        row.add(cells.get(i).get());
      }
      return row;
    }
  }

  /// How a conversation ends, how many requests it took, and what was waited between them.
  private static String cell(Speech speech, Fault fault, Point point) throws InterruptedException {
    var where = speech + ", " + fault.name() + ", " + point;
    var conversation = new FaultyConversation(speech, fault, point);
    var tools = new AtomicInteger();
    try (var server = FakeModelServer.start(conversation::answer)) {
      var transport = new FaultyTransport(conversation::broken);
      var bench = ProviderBench.over(transport, speech, server.baseUrl(), patience(fault));

      var outcome = loop(bench, tools).run(AgentLoop.Stops.by(CancellationToken.never()));

      boolean answered = outcome.equals(new AgentOutcome.Answered("\"half whole\""));
      assertEquals(answered || point.isBehindTheTool() ? 1 : 0, tools.get(), where);
      assertFalse(outcome.toString().contains(ProviderBench.KEY), where);
      assertRepeatsAreEqual(conversation.sent(), where);
      var waits =
          bench.time.waits().stream()
              .map(wait -> wait.toMillis() + " ms")
              .collect(Collectors.joining(" + "));
      return "%s, %d sent%s"
          .formatted(
              code(outcome), conversation.sent().size(), waits.isEmpty() ? "" : ", " + waits);
    }
  }

  /// Short only where silence is the matter, so that a busy machine is no fault.
  private static Duration patience(Fault fault) {
    return Set.of("idle", "trickle").contains(fault.name()) ? IDLE : ProviderLimits.IDLE;
  }

  /// A request that is sent again is the same request: of all bodies, three can differ.
  private static void assertRepeatsAreEqual(List<String> sent, String where) {
    var different = new ArrayList<String>();
    for (var body : sent) {
      if (different.isEmpty() || !different.getLast().equals(body)) {
        different.add(body);
      }
    }
    assertEquals(sent.stream().distinct().toList(), different, where);
    assertFalse(different.size() > 3, where);
  }

  private static String code(AgentOutcome outcome) {
    return switch (outcome) {
      case AgentOutcome.Answered(var value) when value.equals("\"half whole\"") -> "answered";
      case AgentOutcome.Answered(var value) -> "answered " + value;
      case AgentOutcome.Ended(var code, _, _) -> code;
    };
  }

  private static AgentLoop loop(ProviderBench bench, AtomicInteger tools) {
    var look =
        LoopStage.tool(
            "look", Effect.READS, (_, _) -> "seen " + tools.incrementAndGet() + " times");
    var model = new Resolution.Resolved(bench.provider, "acme-1", Price.FREE);
    var task =
        new AgentTask(
            model,
            "system",
            "the task",
            Toolbox.of(List.of(look)),
            null,
            AgentLimits.TURNS,
            mimo.agent.testing.Authorities.everything());
    return new AgentLoop(task, SessionAttempt.unrecorded(), new Unlimited(), _ -> {}, () -> 0);
  }

  private static FakeReply credit(Speech speech) {
    return switch (speech) {
      case CHAT, RESPONSES ->
          FakeReply.plain(429, speech.error("insufficient_quota", "Quota exceeded"));
      case MESSAGES ->
          FakeReply.plain(
              400, speech.error("invalid_request_error", "Your credit balance is too low"));
    };
  }

  private static Fault limited(String name, String seconds) {
    return new Fault.Refusal(
        name,
        (speech, _) ->
            FakeReply.plain(429, speech.error("rate_limit_error", "too many"))
                .withHeader("Retry-After", seconds));
  }

  private static String aligned(List<List<String>> table) {
    var text = new StringBuilder();
    for (var row : table) {
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = table.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        var cell = row.get(column);
        text.append(column == 0 ? "" : " | ").append(cell);
        text.append(column == row.size() - 1 ? "" : " ".repeat(width - cell.length()));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
