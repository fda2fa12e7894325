package mimo.agent.subagent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import mimo.agent.TurnOutcome;
import mimo.agent.json.Json;
import mimo.agent.message.Enclosed;
import mimo.agent.subagent.Subagent.Ended;
import mimo.agent.subagent.Subagent.Standing;
import mimo.agent.tool.Arrivals;
import mimo.agent.tool.Arrivals.Arrival;

/// What a model is told of its subagents.
final class Told {

  private static final double SECOND = 1e9;

  private Told() {}

  /// What comes in by itself.
  static Arrival arrival(Ended ended) {
    return new Arrival(
        source(ended.who().name(), ended.number()),
        "This comes from the program, not from the user: a subagent has ended.\n" + report(ended));
  }

  /// What tells one answer from all others.
  static String source(String name, int turn) {
    return name + "/" + turn;
  }

  /// How a turn ended, marked as what somebody else says.
  static String report(Ended ended) {
    var who = ended.who();
    return "<subagent id=\"%s\" type=\"%s\" status=\"%s\" session=\"%s\">\n%s\n</subagent>"
        .formatted(
            who.name(),
            who.agent(),
            Subagent.state(ended.outcome()),
            who.session(),
            Enclosed.in("subagent", Arrivals.bounded(words(ended.outcome()))));
  }

  private static String words(TurnOutcome outcome) {
    return switch (outcome) {
      case TurnOutcome.Answered(var value) -> text(Json.parse(value), value);
      case TurnOutcome.Failed(var code, var message, _) -> code + ": " + message;
      case TurnOutcome.Interrupted() ->
          "It was stopped before it had an answer. To send it something makes it go on.";
    };
  }

  private static String text(JsonNode value, String json) {
    return value.isTextual() ? value.asText() : json;
  }

  /// One line on how one stands.
  static String line(Standing standing) {
    var who = standing.who();
    return String.format(
        Locale.ROOT,
        "%s  %s  %s  turn %d  %d tokens in, %d out  %.1f s  %s  session %s",
        who.name(),
        who.agent(),
        standing.state(),
        standing.turn(),
        standing.used().input(),
        standing.used().output(),
        standing.nanos() / SECOND,
        who.model(),
        who.session());
  }
}
