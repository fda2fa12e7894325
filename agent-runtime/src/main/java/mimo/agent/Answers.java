package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.output.AnswerText;
import mimo.agent.output.Fault;
import mimo.agent.tool.Tool;
import org.jspecify.annotations.Nullable;

/// Takes one agent's attempts at an answer that must have a shape: as many as the schema allows,
/// and each failure tells the model everything that was wrong (L90). Confined to the agent's
/// thread.
final class Answers {

  private final AnswerSchema schema;
  private int attempts;
  private @Nullable JsonNode accepted;
  private String lastFault = "";

  Answers(AnswerSchema schema) {
    this.schema = schema;
  }

  /// How it ended, once it has: with an accepted answer, or with all attempts used up.
  @Nullable AgentOutcome outcome() {
    if (accepted != null) {
      return new AgentOutcome.Answered(Json.write(accepted));
    }
    if (attempts < schema.attempts()) {
      return null;
    }
    return new AgentOutcome.Ended(
        "schema_exhausted",
        "none of " + attempts + " answers fitted the schema; the last: " + lastFault);
  }

  /// The answer fitted and does not count, and another is wanted, with as many attempts again.
  void reopen() {
    accepted = null;
    attempts = 0;
  }

  /// An attempt by a call of the answer tool.
  Tool.Result call(String arguments) {
    if (outcome() != null) {
      return Tool.Result.error("the work is over; this answer was not taken");
    }
    var reason = judge(() -> unwrapped(arguments));
    return reason == null ? Tool.Result.ok("taken") : new Tool.Result(reason, Message.Status.ERROR);
  }

  /// A call that was judged before; the verdict stands.
  void recall(String arguments, Message.Status verdict) {
    if (outcome() == null && call(arguments).status() != verdict) {
      // Judged by what was sent, and stored redacted; or by another version.
      accepted = verdict == Message.Status.OK ? unwrapped(arguments) : null;
    }
  }

  private JsonNode unwrapped(String arguments) {
    return schema.unwrap(Json.parse(arguments.isBlank() ? "{}" : arguments));
  }

  /// An attempt by a final text; returns what to tell the model, or null if the text was taken.
  @Nullable String text(String text) {
    return judge(() ->
        AnswerText.find(text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the reply is prose; give the answer by calling the tool '"
                        + AnswerSchema.TOOL
                        + "'")));
  }

  private interface Attempt {
    JsonNode value();
  }

  private @Nullable String judge(Attempt attempt) {
    attempts++;
    try {
      var value = attempt.value();
      var faults = schema.faults(value);
      if (faults.isEmpty()) {
        accepted = value;
        return null;
      }
      lastFault = listed(faults);
    } catch (IllegalArgumentException noValue) {
      lastFault = String.valueOf(noValue.getMessage());
    }
    int left = schema.attempts() - attempts;
    return "The answer does not fit its schema (" + left + " attempts left):\n" + lastFault;
  }

  private static String listed(List<Fault> faults) {
    return faults.stream().map(fault -> "- " + fault).collect(Collectors.joining("\n"));
  }
}
