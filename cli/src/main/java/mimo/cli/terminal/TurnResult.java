package mimo.cli.terminal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mimo.agent.Conversation;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.agent.session.GoalFact;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Failure;
import org.jspecify.annotations.Nullable;

/// How one turn on the command line ended, as both people and programs are told.
///
/// @param session null if none was opened
/// @param speaker who spoke; null if no session was opened
/// @param status `completed`, `failed`, `parked` or `interrupted`
/// @param answer null unless completed
/// @param spent what this process used
/// @param failure what went wrong; null if completed
/// @param until when going on has sense; null if nobody knows
/// @param exit how the process ends
/// @param goal what its gate came to last; null if the session has none
public record TurnResult(
    @Nullable String session,
    @Nullable Speaker speaker,
    String status,
    @Nullable Answer answer,
    Conversation.Spent spent,
    @Nullable Failure failure,
    @Nullable Instant until,
    ExitCode exit,
    GoalFact.@Nullable Ruled goal) {

  private static final Conversation.Spent NOTHING =
      new Conversation.Spent(0, TokenUsage.NONE, null);

  /// One without a goal.
  public TurnResult(
      @Nullable String session,
      @Nullable Speaker speaker,
      String status,
      @Nullable Answer answer,
      Conversation.Spent spent,
      @Nullable Failure failure,
      @Nullable Instant until,
      ExitCode exit) {
    this(session, speaker, status, answer, spent, failure, until, exit, null);
  }

  /// The same with what the gate came to.
  public TurnResult judged(GoalFact.@Nullable Ruled ruled) {
    return new TurnResult(session, speaker, status, answer, spent, failure, until, exit, ruled);
  }

  /// @param model `provider/id`
  /// @param offline whether no language model spoke
  public record Speaker(String agent, String model, boolean offline) {}

  /// @param json as JSON text
  public record Answer(String json, Shape shape) {}

  /// What an answer is.
  public enum Shape {
    TEXT,
    /// A value that fits a schema.
    VALUE
  }

  /// A command that ended before a session was open.
  public static TurnResult of(Failure failure, ExitCode exit) {
    return new TurnResult(failure.run(), null, "failed", null, NOTHING, failure, null, exit);
  }

  /// The same where the last calls of tools were refused because nobody was there to allow them:
  /// something more telling may have happened (A68).
  public TurnResult denied() {
    var other = ExitCode.of(List.of(exit, ExitCode.DENIED));
    return new TurnResult(session, speaker, status, answer, spent, failure, until, other, goal);
  }

  boolean offline() {
    return speaker != null && speaker.offline();
  }

  /// The answer if it is a text, as people are to read it: what no language model wrote says so
  /// (A25).
  Optional<String> text() {
    return Optional.ofNullable(answer)
        .filter(it -> it.shape() == Shape.TEXT)
        .flatMap(it -> JsonText.string(it.json()))
        .map(text ->
            offline() && !text.startsWith(OfflineProvider.LABEL)
                ? OfflineProvider.LABEL + "\n\n" + text
                : text);
  }

  /// What was used, under the names that runs use.
  Map<String, Long> usage() {
    var usage = new TreeMap<String, Long>();
    var tokens = spent.usage();
    usage.put("requests", (long) spent.requests());
    usage.put("input_tokens", tokens.input());
    usage.put("output_tokens", tokens.output());
    usage.put("reasoning_tokens", tokens.reasoning());
    usage.put("cache_read_tokens", tokens.cacheRead());
    usage.put("cache_write_tokens", tokens.cacheWrite());
    var cost = spent.microUsd();
    if (cost != null) {
      usage.put("cost_micro_usd", cost);
    }
    if (spent.overhead().requests() > 0) {
      addOverhead(usage);
    }
    return usage;
  }

  private void addOverhead(Map<String, Long> usage) {
    var overhead = spent.overhead();
    usage.put("overhead_requests", (long) overhead.requests());
    usage.put("overhead_input_tokens", overhead.usage().input());
    usage.put("overhead_output_tokens", overhead.usage().output());
    usage.put("overhead_reasoning_tokens", overhead.usage().reasoning());
    usage.put("overhead_cache_read_tokens", overhead.usage().cacheRead());
    usage.put("overhead_cache_write_tokens", overhead.usage().cacheWrite());
    var cost = overhead.microUsd();
    if (cost != null) {
      usage.put("overhead_cost_micro_usd", cost);
    }
  }
}
