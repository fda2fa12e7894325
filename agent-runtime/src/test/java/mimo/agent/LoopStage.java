package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import mimo.agent.estimate.Intake;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// An agent loop with a scripted model, and ears.
abstract class LoopStage {

  static final TokenUsage ONE = ScriptedProvider.USAGE;

  final ScriptedProvider model = new ScriptedProvider();
  final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  final List<String> order = Collections.synchronizedList(new ArrayList<>());

  AgentOutcome run() throws InterruptedException {
    return run(Toolbox.of(List.of()));
  }

  AgentOutcome run(Toolbox tools) throws InterruptedException {
    var outcome =
        loop(tools, null, AgentLimits.TURNS).run(AgentLoop.Stops.by(CancellationToken.never()));
    assertEveryStartHasOneEnd();
    return outcome;
  }

  AgentLoop loop(Toolbox tools, @Nullable AnswerSchema schema, int turns) {
    var task =
        new AgentTask(
            model.resolved(), "system", "the task", tools, schema, turns, Authorities.everything());
    return new AgentLoop(task, SessionAttempt.unrecorded(), new Unlimited(), events::add, () -> 0);
  }

  static AnswerSchema schema(String json) {
    return assertInstanceOf(AnswerSchema.Reading.Usable.class, AnswerSchema.read(Json.parse(json)))
        .schema();
  }

  List<ToolAnswer> toolAnswers(int request) {
    return assertInstanceOf(Message.Tools.class, model.requests().get(request).messages().getLast())
        .answers();
  }

  static List<String> texts(List<ToolAnswer> answers) {
    return answers.stream().map(ToolAnswer::text).toList();
  }

  static Content[] calls(String tool, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new ToolCall("id" + number, tool, "{\"at\":\"" + number + "\"}"))
        .toArray(Content[]::new);
  }

  String note(String tool, ObjectNode input) {
    order.add(tool + " " + input.path("at").asText());
    return "ok";
  }

  static Toolbox looking() {
    return Toolbox.of(List.of(lookTool()));
  }

  static Tool lookTool() {
    return tool(
        "look", ToolSpec.Effect.READS, (input, _) -> "saw " + input.path("at").asText("nothing"));
  }

  interface Body {
    String run(ObjectNode input, CancellationToken cancellation) throws Exception;
  }

  static Tool tool(String name, ToolSpec.Effect effect, Body body) {
    var spec =
        new ToolSpec(
            name,
            "Does it.",
            "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"string\"}}}",
            effect);
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation)
          throws InterruptedException {
        try {
          return Result.ok(body.run(input, cancellation));
        } catch (InterruptedException | RuntimeException passed) {
          throw passed;
        } catch (Exception unexpected) {
          throw new IllegalStateException(unexpected);
        }
      }
    };
  }

  record Started(Thread thread, List<Throwable> failures) {
    Throwable failure() {
      return failures.getFirst();
    }
  }

  static Started start(AgentLoop loop) {
    return start(loop, CancellationToken.never());
  }

  static Started start(AgentLoop loop, CancellationToken cancellation) {
    var failures = Collections.synchronizedList(new ArrayList<Throwable>());
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                loop.run(AgentLoop.Stops.by(cancellation));
              } catch (InterruptedException expected) {
                failures.add(expected);
              }
            });
    return new Started(thread, failures);
  }

  void assertEveryStartHasOneEnd() {
    var open = new ArrayList<String>();
    for (var event : List.copyOf(events)) {
      var start = startOf(event);
      var end = endOf(event);
      if (start != null) {
        assertFalse(open.contains(start), start + " begins twice in " + events);
        open.add(start);
      } else if (end != null) {
        assertTrue(open.remove(end), end + " ends without a start in " + events);
      }
    }
    assertEquals(List.of(), open);
    assertNull(startOf(events.getLast()));
  }

  static @Nullable String startOf(AgentEvent event) {
    return switch (event) {
      case AgentEvent.AgentStart _ -> "agent";
      case AgentEvent.StepStart(int number) -> "step " + number;
      case AgentEvent.CandidatesStart _ -> "candidates";
      case AgentEvent.TextStart _ -> "text";
      case AgentEvent.ReasoningStart _ -> "reasoning";
      case AgentEvent.ToolStart start -> "tool " + start.call();
      case AgentEvent.PermissionStart start -> "permission " + start.call();
      case AgentEvent.RetryStart _ -> "retry";
      default -> null;
    };
  }

  static @Nullable String endOf(AgentEvent event) {
    return switch (event) {
      case AgentEvent.AgentEnd _ -> "agent";
      case AgentEvent.StepEnd end -> "step " + end.number();
      case AgentEvent.CandidatesEnd _ -> "candidates";
      case AgentEvent.TextEnd _ -> "text";
      case AgentEvent.ReasoningEnd _ -> "reasoning";
      case AgentEvent.ToolEnd end -> "tool " + end.call();
      case AgentEvent.PermissionEnd end -> "permission " + end.call();
      case AgentEvent.RetryEnd _ -> "retry";
      default -> null;
    };
  }

  record Unlimited() implements Meter {
    @Override
    public String exhausted() {
      return "";
    }

    @Override
    public OptionalLong maxOutputTokens(Intake input) {
      return OptionalLong.empty();
    }

    @Override
    public OptionalLong maxOutputTokens(long input, @Nullable Price at) {
      return OptionalLong.empty();
    }

    @Override
    public boolean allowsMore() {
      return true;
    }

    @Override
    public void sending() {}

    @Override
    public void charge(TokenUsage usage) {}

    @Override
    public void charge(TokenUsage usage, @Nullable Price price) {}

    @Override
    public void overhead(TokenUsage usage) {}

    @Override
    public long affords(TokenUsage reply) {
      return Long.MAX_VALUE;
    }
  }
}
