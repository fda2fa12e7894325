package mimo.agent;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The most a process may use on one conversation (LG1). What is used up first ends the turn, and a
/// later one may go on with more.
///
/// @param microUsd in millionths of a US dollar
/// @param tokens of replies
/// @param requests to models, those of judges and of candidates included
/// @param time while the agent works; null for ever
public record ConversationBudget(
    OptionalLong microUsd, OptionalLong tokens, OptionalInt requests, @Nullable Duration time) {

  public static final ConversationBudget NONE =
      new ConversationBudget(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), null);

  public ConversationBudget {
    if (microUsd.orElse(1) <= 0
        || tokens.orElse(1) <= 0
        || requests.orElse(1) <= 0
        || (time != null && !time.isPositive())) {
      throw new IllegalArgumentException(
          "a budget of %s, %s, %s and %s must leave something to spend"
              .formatted(microUsd, tokens, requests, time));
    }
  }

  /// Money alone.
  public static ConversationBudget of(OptionalLong microUsd) {
    return new ConversationBudget(microUsd, OptionalLong.empty(), OptionalInt.empty(), null);
  }

  /// Whether what others spend would have to count, too.
  public boolean limitsSpending() {
    return microUsd.isPresent() || tokens.isPresent() || requests.isPresent();
  }

  /// This one, and for what it says nothing of another.
  public ConversationBudget or(ConversationBudget usual) {
    return new ConversationBudget(
        microUsd.isPresent() ? microUsd : usual.microUsd,
        tokens.isPresent() ? tokens : usual.tokens,
        requests.isPresent() ? requests : usual.requests,
        time != null ? time : usual.time);
  }
}
