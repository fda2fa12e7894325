package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import mimo.agent.AgentEvent;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact;

/// The members of each [AgentEvent] in the event stream.
final class AgentEventJson {

  private AgentEventJson() {}

  static void write(JsonGenerator json, AgentEvent event) throws IOException {
    switch (event) {
      case AgentEvent.AgentStart start -> typed(json, "agent_start", "model", start.model());
      case AgentEvent.AgentEnd end -> ended(json, "agent_end", end.status(), end.usage());
      case AgentEvent.StepStart step -> {
        json.writeStringField("type", "step_start");
        json.writeNumberField("step", step.number());
      }
      case AgentEvent.StepEnd step -> {
        ended(json, "step_end", step.status(), step.usage());
        json.writeNumberField("step", step.number());
      }
      case AgentEvent.CandidatesStart candidates -> {
        json.writeStringField("type", "candidates_start");
        json.writeNumberField("wanted", candidates.wanted());
        json.writeNumberField("candidates", candidates.count());
      }
      case AgentEvent.CandidateHeard candidate -> {
        json.writeStringField("type", "candidate_delta");
        json.writeNumberField("candidate", candidate.candidate() + 1);
      }
      case AgentEvent.CandidatesEnd candidates -> write(json, candidates);
      case AgentEvent.TextStart text -> json.writeStringField("type", "text_start");
      case AgentEvent.TextDelta delta -> typed(json, "text_delta", "text", delta.text());
      case AgentEvent.TextEnd text -> {
        typed(json, "text_end", "text", text.text());
        status(json, text.status());
      }
      case AgentEvent.ReasoningStart reasoning -> json.writeStringField("type", "reasoning_start");
      case AgentEvent.ReasoningDelta delta -> typed(json, "reasoning_delta", "text", delta.text());
      case AgentEvent.ReasoningEnd reasoning -> {
        typed(json, "reasoning_end", "text", reasoning.text());
        status(json, reasoning.status());
      }
      case AgentEvent.ToolStart tool -> {
        typed(json, "tool_start", "call", tool.call());
        json.writeStringField("tool", tool.tool());
        // As the model wrote them: they need not be JSON.
        json.writeStringField("arguments", tool.arguments());
      }
      case AgentEvent.ToolEnd tool -> write(json, tool);
      case AgentEvent.PermissionStart permission -> write(json, permission);
      case AgentEvent.PermissionEnd permission -> write(json, permission);
      case AgentEvent.RetryStart retry -> {
        typed(json, "retry_start", "reason", retry.reason());
        json.writeNumberField("delay_ms", retry.delay().toMillis());
      }
      case AgentEvent.RetryEnd retry -> {
        typed(json, "retry_end", "reason", retry.reason());
        json.writeNumberField("waited_ms", retry.waited().toMillis());
      }
      case AgentEvent.GoalStart _ -> json.writeStringField("type", "goal_start");
      case AgentEvent.GoalEnd goal -> write(json, goal);
      case AgentEvent.Notice notice -> {
        typed(json, "notice", "code", notice.code());
        json.writeStringField("text", notice.text());
      }
    }
  }

  private static void write(JsonGenerator json, AgentEvent.ToolEnd tool) throws IOException {
    typed(json, "tool_end", "call", tool.call());
    json.writeStringField("tool", tool.tool());
    status(json, tool.status());
    json.writeNumberField("ms", tool.took().toMillis());
  }

  private static void write(JsonGenerator json, AgentEvent.GoalEnd goal) throws IOException {
    json.writeStringField("type", "goal_end");
    status(json, goal.status());
    if (goal.ruled() != null) {
      write(json, goal.ruled());
    }
  }

  /// A verdict: how the goal stands, why, and what it cost to find out (G10).
  static void write(JsonGenerator json, GoalFact.Ruled ruled) throws IOException {
    json.writeStringField("state", word(ruled.state()));
    json.writeStringField("reason", ruled.reason());
    json.writeArrayFieldStart("evidence");
    for (var quote : ruled.evidence()) {
      json.writeString(quote);
    }
    json.writeEndArray();
    json.writeBooleanField("checked", ruled.checked());
    json.writeArrayFieldStart("changed_tests");
    for (var change : ruled.changes()) {
      json.writeStartObject();
      json.writeStringField("path", change.path());
      json.writeStringField("kind", word(change.kind()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("reentries", ruled.reentries());
    json.writeNumberField("max_reentries", ruled.most());
    json.writeStringField("judge", ruled.model());
    json.writeNumberField("judge_input_tokens", ruled.usage().input());
    json.writeNumberField("judge_output_tokens", ruled.usage().output());
    if (ruled.microUsd() != null) {
      json.writeNumberField("judge_cost_micro_usd", ruled.microUsd());
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// Numbers count from 1; 0 is none, or the judge.
  private static void write(JsonGenerator json, AgentEvent.CandidatesEnd candidates)
      throws IOException {
    json.writeStringField("type", "candidates_end");
    status(json, candidates.status());
    var choice = candidates.choice();
    if (choice == null) {
      return;
    }
    json.writeNumberField("wanted", choice.wanted());
    json.writeNumberField("candidates", choice.candidates().size());
    json.writeNumberField("chosen", choice.chosen() + 1);
    json.writeStringField("how", choice.how().name().toLowerCase(Locale.ROOT));
    json.writeStringField("reason", choice.reason());
    json.writeObjectFieldStart("overhead");
    json.writeNumberField("requests", choice.overhead().size());
    usage(json, choice.overheadSum());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AgentEvent.PermissionStart permission)
      throws IOException {
    typed(json, "permission_start", "call", permission.call());
    json.writeStringField("tool", permission.tool());
    json.writeStringField("reason", permission.reason());
  }

  private static void write(JsonGenerator json, AgentEvent.PermissionEnd permission)
      throws IOException {
    typed(json, "permission_end", "call", permission.call());
    json.writeStringField("decision", permission.outcome().name().toLowerCase(Locale.ROOT));
    json.writeStringField("reason", permission.reason());
  }

  private static void typed(JsonGenerator json, String type, String member, String value)
      throws IOException {
    json.writeStringField("type", type);
    json.writeStringField(member, value);
  }

  private static void ended(
      JsonGenerator json, String type, AgentEvent.Status status, TokenUsage usage)
      throws IOException {
    json.writeStringField("type", type);
    status(json, status);
    json.writeObjectFieldStart("usage");
    usage(json, usage);
    json.writeEndObject();
  }

  private static void usage(JsonGenerator json, TokenUsage usage) throws IOException {
    json.writeNumberField("input_tokens", usage.input());
    json.writeNumberField("output_tokens", usage.output());
    json.writeNumberField("reasoning_tokens", usage.reasoning());
    json.writeNumberField("cache_read_tokens", usage.cacheRead());
    json.writeNumberField("cache_write_tokens", usage.cacheWrite());
  }

  private static void status(JsonGenerator json, AgentEvent.Status status) throws IOException {
    json.writeStringField("status", status.name().toLowerCase(Locale.ROOT));
  }
}
