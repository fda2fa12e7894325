package mimo.agent.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.output.AnswerText;
import mimo.agent.output.Fault;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// One question to a model whose answer must have a shape, and be about what was asked. Immutable.
///
/// @param judge what is wrong with an answer of the right shape; nothing if it will do
public record Question(
    String system, String text, AnswerSchema schema, Function<JsonNode, List<String>> judge) {

  /// What came of it.
  public sealed interface Reply {

    record Answered(JsonNode answer, TokenUsage usage) implements Reply {}

    /// @param code a name of the error table
    /// @param usage what was paid all the same
    record Failed(String code, String message, TokenUsage usage) implements Reply {}
  }

  /// Asks until an answer will do, or there have been enough.
  ///
  /// @throws InterruptedException if cancelled
  public Reply ask(Resolution.Resolved model, CancellationToken cancellation)
      throws InterruptedException {
    var messages = new ArrayList<Message>(List.of(new Message.User(text)));
    var usage = TokenUsage.NONE;
    var fault = "";
    for (int attempt = 0; attempt < schema.attempts(); attempt++) {
      var request =
          new ModelRequest(
              model.model(),
              system,
              messages,
              List.of(schema.tool()),
              OptionalLong.of(AgentLimits.DREAM_OUTPUT_TOKENS),
              null);
      switch (model.provider().ask(request, UNHEARD, cancellation)) {
        case ModelReply.Faulted(var code, var message, _) -> {
          return new Reply.Failed(code, message, usage);
        }
        case ModelReply.Completed(var content, _, var used) -> {
          usage = usage.plus(used);
          try {
            var answer = answer(content);
            fault = faults(answer);
            if (fault.isEmpty()) {
              return new Reply.Answered(answer, usage);
            }
          } catch (IllegalArgumentException noAnswer) {
            fault = String.valueOf(noAnswer.getMessage());
          }
          if (!content.isEmpty()) {
            messages.add(new Message.Model(content));
            messages.add(told(content, "The answer does not do:\n" + fault));
          }
        }
      }
    }
    return new Reply.Failed(
        "schema_exhausted",
        "none of %d answers would do; the last: %s".formatted(schema.attempts(), fault),
        usage);
  }

  private JsonNode answer(List<Content> content) {
    var call = call(content);
    if (call != null) {
      return schema.unwrap(Json.parse(call.arguments().isBlank() ? "{}" : call.arguments()));
    }
    return AnswerText.find(Content.words(content, Content.Text.class))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the reply is prose; give the answer by calling the tool '"
                    + AnswerSchema.TOOL
                    + "'"));
  }

  private static Content.@Nullable ToolCall call(List<Content> content) {
    return content.stream()
        .filter(piece ->
            piece instanceof Content.ToolCall(_, var tool, _) && tool.equals(AnswerSchema.TOOL))
        .map(Content.ToolCall.class::cast)
        .findFirst()
        .orElse(null);
  }

  private String faults(JsonNode answer) {
    var faults = schema.faults(answer).stream().map(Fault::toString).toList();
    var all = faults.isEmpty() ? judge.apply(answer) : faults;
    return all.stream().map(each -> "- " + each).collect(Collectors.joining("\n"));
  }

  /// Every call is answered, whatever it calls.
  private static Message told(List<Content> content, String fault) {
    var answers = new ArrayList<Message.ToolAnswer>();
    for (var piece : content) {
      if (piece instanceof Content.ToolCall call) {
        answers.add(new Message.ToolAnswer(call.id(), fault, Message.Status.ERROR));
      }
    }
    return answers.isEmpty() ? new Message.User(fault) : new Message.Tools(answers);
  }

  private static final StreamListener UNHEARD =
      new StreamListener() {
        @Override
        public void text(String delta) {}

        @Override
        public void reasoning(String delta) {}

        @Override
        public void restarted(String reason, Duration delay) {}
      };
}
