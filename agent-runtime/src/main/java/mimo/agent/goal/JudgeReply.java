package mimo.agent.goal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.GoalLimits;
import mimo.agent.output.AnswerText;

/// A judge's reply, read (G4).
///
/// @param evidence literal quotes
record JudgeReply(boolean ok, boolean impossible, String reason, List<String> evidence) {

  /// It is none.
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message);
    }
  }

  /// Reads a reply: one JSON object with `ok`, `impossible`, `reason` and `evidence`, and not a
  /// word beside it.
  static JudgeReply read(String text) throws InvalidException {
    var json =
        AnswerText.find(text).orElseThrow(() -> new InvalidException("the reply is no JSON"));
    boolean ok = flag(json, "ok");
    boolean impossible = flag(json, "impossible");
    if (ok && impossible) {
      throw new InvalidException("the goal cannot be both met and impossible");
    }
    var reason = json.path("reason");
    if (!reason.isTextual() || reason.textValue().isBlank()) {
      throw new InvalidException("the reply has no reason");
    }
    return new JudgeReply(ok, impossible, cut(reason.textValue().strip()), quotes(json));
  }

  private static boolean flag(JsonNode json, String name) throws InvalidException {
    if (!json.path(name).isBoolean()) {
      throw new InvalidException("'" + name + "' is neither true nor false");
    }
    return json.path(name).booleanValue();
  }

  private static List<String> quotes(JsonNode json) throws InvalidException {
    var list = json.path("evidence");
    if (!list.isArray() || list.size() > GoalLimits.QUOTES) {
      throw new InvalidException("'evidence' is no list of at most " + GoalLimits.QUOTES);
    }
    var quotes = new ArrayList<String>();
    for (var each : list) {
      var quote = each.isTextual() ? each.textValue() : "";
      long letters = quote.chars().filter(letter -> !Character.isWhitespace(letter)).count();
      if (letters < GoalLimits.QUOTE_CHARS_LEAST || quote.length() > GoalLimits.QUOTE_CHARS) {
        throw new InvalidException(
            "a quote has %d to %d characters"
                .formatted(GoalLimits.QUOTE_CHARS_LEAST, GoalLimits.QUOTE_CHARS));
      }
      quotes.add(quote);
    }
    return List.copyOf(quotes);
  }

  private static String cut(String reason) {
    return reason.length() <= GoalLimits.REASON_CHARS
        ? reason
        : reason.substring(0, GoalLimits.REASON_CHARS) + "…";
  }
}
