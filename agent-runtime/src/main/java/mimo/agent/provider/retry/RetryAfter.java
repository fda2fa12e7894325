package mimo.agent.provider.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Reads how long a provider asks to wait.
public final class RetryAfter {

  /// Longer than any provider means; keeps the arithmetic finite.
  private static final double LONGEST_SECONDS = 1e8;

  private RetryAfter() {}

  /// The wait in milliseconds, as in `retry-after-ms`; empty if it is not a number.
  public static Optional<Duration> ofMillis(String value) {
    return number(value, 1e-3);
  }

  /// The wait in seconds or until a date, as in `Retry-After`; empty if it is neither.
  public static Optional<Duration> of(String value, Instant now) {
    var seconds = number(value, 1);
    return seconds.isPresent() ? seconds : date(value, now);
  }

  private static Optional<Duration> number(String value, double unitSeconds) {
    try {
      double seconds = Double.parseDouble(value.strip()) * unitSeconds;
      if (Double.isNaN(seconds)) {
        return Optional.empty();
      }
      double bounded = Math.clamp(seconds, 0, LONGEST_SECONDS);
      // Rounded up: never earlier than asked.
      return Optional.of(Duration.ofMillis((long) Math.ceil(bounded * 1e3)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> date(String value, Instant now) {
    try {
      var until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      var wait = Duration.between(now, until.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
