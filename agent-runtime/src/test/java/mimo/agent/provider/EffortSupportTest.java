package mimo.agent.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.provider.Thinking.Manner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The nearest effort a model takes (L72).
final class EffortSupportTest {

  private static EffortSupport taking(String words) {
    Set<Effort> levels =
        Stream.of(words.split(" ", -1))
            .map(word -> Effort.of(word).orElseThrow())
            .collect(Collectors.toSet());
    return new EffortSupport(levels, Manner.WORD);
  }

  @ParameterizedTest
  @CsvSource({
    "low medium high, medium, medium",
    "low medium high, off, low",
    "low medium high, minimal, low",
    "low medium high, xhigh, high",
    "low medium high, max, high",
    "low high, medium, low",
    "off low high, minimal, low",
    "off high, minimal, high",
    "off low high, off, off",
    "high, off, high",
    "off, max, off",
    "minimal low medium high xhigh max, max, max"
  })
  void isTheLowerOfTwoAndThinksIfThatWasAskedL72(String levels, String asked, String nearest) {
    assertEquals(
        Optional.of(new Thinking(Effort.of(nearest).orElseThrow(), Manner.WORD)),
        taking(levels).nearest(Effort.of(asked).orElseThrow()));
  }

  @Test
  void isNoneWhereNobodyKnowsWhatTheModelTakes() {
    assertEquals(Optional.empty(), EffortSupport.UNKNOWN.nearest(Effort.HIGH));
  }
}
