package mimo.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lengths of time as people write them.
final class SpanTest {

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "45m,PT45M", "12h,PT12H", "3d,PT72H", "366d,PT8784H"})
  void isANumberAndAUnit(String text, Duration span) {
    assertEquals(Optional.of(span), Span.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12", "h", "0h", "-1h", "1.5h", "1w", " 1h", "1 h", "367d", "99999999d"})
  void isNothingElse(String text) {
    assertEquals(Optional.empty(), Span.parse(text));
  }
}
