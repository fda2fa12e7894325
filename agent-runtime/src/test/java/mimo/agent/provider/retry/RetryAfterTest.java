package mimo.agent.provider.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2                             | 2000
          0                             | 0
          0.0004                        | 1
          -5                            | 0
          1e300                         | 100000000000
          Fri, 2 Jan 2026 12:00:30 GMT  | 30000
          Fri, 02 Jan 2026 12:02:00 GMT | 120000
          Fri, 02 Jan 2026 11:00:00 GMT | 0
          """)
  void readsSecondsAndDates(String value, long millis) {
    assertEquals(Optional.of(Duration.ofMillis(millis)), RetryAfter.of(value, NOW));
  }

  @ParameterizedTest
  @CsvSource({"soon", "NaN", "''", "'Fri, 99 Jan 2026 12:00:00 GMT'"})
  void saysNothingAboutWhatItCannotRead(String value) {
    assertEquals(Optional.empty(), RetryAfter.of(value, NOW));
  }

  @Test
  void readsMillisecondsRoundedUp() {
    assertEquals(Optional.of(Duration.ofMillis(1251)), RetryAfter.ofMillis("1250.5"));
  }
}
