package mimo.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent.Status;
import mimo.agent.json.Json;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.Overhead;
import mimo.agent.provider.Price;
import mimo.agent.session.GoalFact;
import org.jspecify.annotations.Nullable;

/// What an agent did, gathered from its events, as the step's report keeps it: bounded, with the
/// first and the last tool calls if there were too many. Thread-safe.
final class AgentReport implements Consumer<AgentEvent> {

  private static final int HALF = AgentLimits.REPORT_TOOLS / 2;

  private final String model;
  private final boolean offline;
  private final @Nullable Price price;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ObjectNode> running = new HashMap<>();
  private final List<ObjectNode> first = new ArrayList<>();
  private final Deque<ObjectNode> last = new ArrayDeque<>();
  private final List<Choice> chosen = new ArrayList<>();
  private int omitted;
  private int turns;
  private @Nullable String lastText;
  private GoalFact.@Nullable Ruled goal;

  /// @param price what the agent is charged at; null if nobody knows
  AgentReport(String model, boolean offline, @Nullable Price price) {
    this.model = model;
    this.offline = offline;
    this.price = price;
  }

  @Override
  public void accept(AgentEvent event) {
    lock.lock();
    try {
      switch (event) {
        case AgentEvent.StepStart(int number) -> turns = number;
        case AgentEvent.TextEnd(var text, var status) -> {
          if (status == Status.OK) {
            lastText = text;
          }
        }
        case AgentEvent.CandidatesEnd(_, var choice) -> {
          if (choice != null) {
            chosen.add(choice);
          }
        }
        case AgentEvent.ToolStart start -> running.put(start.call(), add(start));
        case AgentEvent.ToolEnd end -> end(end);
        case AgentEvent.GoalEnd(_, var ruled) -> goal = ruled == null ? goal : ruled;
        case AgentEvent.AgentStart _,
            AgentEvent.AgentEnd _,
            AgentEvent.StepEnd _,
            AgentEvent.CandidatesStart _,
            AgentEvent.CandidateHeard _,
            AgentEvent.TextStart _,
            AgentEvent.TextDelta _,
            AgentEvent.ReasoningStart _,
            AgentEvent.ReasoningDelta _,
            AgentEvent.ReasoningEnd _,
            AgentEvent.PermissionStart _,
            AgentEvent.PermissionEnd _,
            AgentEvent.RetryStart _,
            AgentEvent.RetryEnd _,
            AgentEvent.Notice _,
            AgentEvent.GoalStart _ -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  /// The report as JSON text.
  String json() {
    lock.lock();
    try {
      var report = Json.object().put("model", model);
      if (offline) {
        report.put("offline", true);
      }
      if (price != null && !price.equals(Price.FREE)) {
        report
            .putObject("price")
            .put("input", price.inputPerMillionMicroUsd())
            .put("output", price.outputPerMillionMicroUsd())
            .put("cacheRead", price.cacheReadPerMillionMicroUsd());
      }
      report.put("turns", turns);
      if (!chosen.isEmpty()) {
        report.set("max", candidates());
      }
      var tools = report.putArray("tools").addAll(first);
      if (omitted > 0) {
        report.put("toolsOmitted", omitted);
      }
      tools.addAll(last);
      if (lastText != null) {
        report.put("lastText", cut(lastText, AgentLimits.REPORT_TEXT_CHARS));
      }
      if (goal != null) {
        report
            .putObject("goal")
            .put("state", goal.state().name().toLowerCase(Locale.ROOT))
            .put("reason", cut(goal.reason(), AgentLimits.REPORT_TEXT_CHARS))
            .put("reentries", goal.reentries())
            .put("checked", goal.checked());
      }
      return Json.write(report);
    } finally {
      lock.unlock();
    }
  }

  /// What Max Mode came to, step by step; there are no more of them than turns.
  private ObjectNode candidates() {
    var json = Json.object();
    var steps = json.putArray("steps");
    var all = Overhead.NONE;
    for (var choice : chosen) {
      var overhead = Overhead.of(choice.overhead(), price);
      all = all.plus(overhead);
      var step =
          steps
              .addObject()
              .put("wanted", choice.wanted())
              .put("candidates", choice.candidates().size())
              .put("chosen", choice.chosen() + 1)
              .put("how", choice.how().name().toLowerCase(Locale.ROOT))
              .put("reason", cut(choice.reason(), AgentLimits.REPORT_INPUT_CHARS));
      step.set("overhead", overhead(overhead));
    }
    json.set("overhead", overhead(all));
    return json;
  }

  private static ObjectNode overhead(Overhead overhead) {
    var json =
        Json.object()
            .put("requests", overhead.requests())
            .put("inputTokens", overhead.usage().input())
            .put("outputTokens", overhead.usage().output());
    return overhead.microUsd() == null ? json : json.put("microUsd", overhead.microUsd());
  }

  /// Calls are listed as they start, which they do in the order in which the model made them; when
  /// they end is chance.
  private ObjectNode add(AgentEvent.ToolStart start) {
    var entry =
        Json.object()
            .put("tool", start.tool())
            .put("input", cut(start.arguments(), AgentLimits.REPORT_INPUT_CHARS))
            .put("status", "running");
    if (first.size() < HALF) {
      first.add(entry);
      return entry;
    }
    last.add(entry);
    if (last.size() > AgentLimits.REPORT_TOOLS - HALF) {
      last.remove();
      omitted++;
    }
    return entry;
  }

  private void end(AgentEvent.ToolEnd end) {
    var entry = running.remove(end.call());
    if (entry != null) {
      entry
          .put("status", end.status().name().toLowerCase(Locale.ROOT))
          .put("ms", end.took().toMillis());
    }
  }

  private static String cut(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 2)) ? chars - 2 : chars - 1;
    return text.substring(0, end) + "…";
  }
}
