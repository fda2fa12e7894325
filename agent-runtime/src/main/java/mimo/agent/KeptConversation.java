package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import mimo.agent.definition.AgentTraits.Rights;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.provider.Effort;
import org.jspecify.annotations.Nullable;

/// A conversation that may go on (L82): what it began with, and all that was said since.
///
/// Each turn leaves a memo with what was said in it and the number of the turn before. So a turn is
/// stored once, and a conversation is read back from its last turn to its first: by the process
/// that had it, and by any other, from the same bytes.
///
/// @param effort that of the last turn
/// @param begun the messages with which its turns begin
record KeptConversation(
    Start start, @Nullable Effort effort, List<Message> messages, List<Integer> begun) {

  private static final String READ_ONLY = "readOnly";
  private static final String AGENT = "agent";

  /// What all turns of a conversation have in common.
  ///
  /// @param model `provider/id`
  /// @param system what the model is told first
  /// @param tools the names of what it may use
  /// @param rights what it may do with them
  /// @param agent which named agent it is; null for none
  record Start(
      String model, String system, List<String> tools, Rights rights, @Nullable String agent) {
    Start {
      tools = List.copyOf(tools);
    }
  }

  KeptConversation {
    messages = List.copyOf(messages);
    begun = List.copyOf(begun);
  }

  /// One turn, as it is stored.
  ///
  /// @param after the step of the turn before; null for the first
  record Turn(@Nullable Integer after, @Nullable Effort effort, List<Message> said) {}

  /// The memo of a turn; null if it is too long to be kept.
  static @Nullable String memo(Start start, Turn turn) {
    var json = Json.object();
    if (turn.after() == null) {
      var first = json.putObject("start").put("model", start.model()).put("system", start.system());
      start.tools().forEach(first.putArray("tools")::add);
      if (start.rights() == Rights.READ_ONLY) {
        first.put(READ_ONLY, true);
      }
      if (start.agent() != null) {
        first.put(AGENT, start.agent());
      }
    } else {
      json.put("after", turn.after());
    }
    if (turn.effort() != null) {
      json.put("effort", turn.effort().word());
    }
    json.set("messages", KeptMessages.write(turn.said()));
    var memo = Json.write(json);
    return memo.length() > AgentLimits.KEPT_TURN_CHARS ? null : memo;
  }

  /// The conversation whose latest turn was this step.
  ///
  /// @param memos what a step left, if anything
  /// @return empty if some turn of it was not kept, or it is longer than it may be
  static Optional<KeptConversation> read(int step, IntFunction<Optional<String>> memos) {
    var turns = new ArrayList<JsonNode>();
    var kept = new Kept(memos);
    for (@Nullable Integer next = step; next != null; next = after(turns.getFirst())) {
      var turn = kept.turn(next);
      if (turn.isEmpty()) {
        return Optional.empty();
      }
      turns.addFirst(turn.get());
    }
    return Optional.of(said(turns));
  }

  /// The conversation that consists of these turns, the latest last. What they say of one another
  /// does not count: those of an earlier generation of the run had other numbers then.
  static Optional<KeptConversation> read(List<Integer> steps, IntFunction<Optional<String>> memos) {
    var turns = new ArrayList<JsonNode>();
    var kept = new Kept(memos);
    for (var step : steps.reversed()) {
      var turn = kept.turn(step);
      if (turn.isEmpty()) {
        return Optional.empty();
      }
      turns.addFirst(turn.get());
    }
    return Optional.of(said(turns));
  }

  /// What is kept of turns, up to the length a conversation may have.
  private static final class Kept {
    private final IntFunction<Optional<String>> memos;
    private int chars;

    Kept(IntFunction<Optional<String>> memos) {
      this.memos = memos;
    }

    Optional<JsonNode> turn(int step) {
      var memo = memos.apply(step);
      chars += memo.map(String::length).orElse(0);
      return memo.filter(text -> chars <= AgentLimits.CONVERSATION_CHARS).map(Json::parse);
    }
  }

  private static KeptConversation said(List<JsonNode> turns) {
    var start = turns.getFirst().path("start");
    var messages = new ArrayList<Message>();
    var begun = new ArrayList<Integer>();
    for (var turn : turns) {
      begun.add(messages.size());
      messages.addAll(KeptMessages.read(turn.path("messages")));
    }
    var effort = Effort.of(turns.getLast().path("effort").asText());
    return new KeptConversation(start(start), effort.orElse(null), messages, begun);
  }

  /// The turn before; a turn comes after an earlier step, so this comes to an end.
  private static @Nullable Integer after(JsonNode turn) {
    return turn.has("after") ? Integer.valueOf(turn.path("after").asInt()) : null;
  }

  private static Start start(JsonNode start) {
    var tools = new ArrayList<String>();
    start.path("tools").forEach(tool -> tools.add(tool.asText()));
    return new Start(
        start.path("model").asText(),
        start.path("system").asText(),
        tools,
        start.path(READ_ONLY).asBoolean() ? Rights.READ_ONLY : Rights.USUAL,
        start.path(AGENT).textValue());
  }
}
