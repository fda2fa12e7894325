package mimo.agent.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// A33.
class PriceTest {

  private static final Price PRICE = new Price(3_000_000, 15_000_000, 300_000);

  @Test
  void chargesCachedTokensTheirOwnPrice() {
    assertEquals(3_000_000, PRICE.microUsd(new TokenUsage(1_000_000, 0, 0, 0)));
    assertEquals(300_000, PRICE.microUsd(new TokenUsage(1_000_000, 0, 0, 1_000_000)));
    assertEquals(15_000_000, PRICE.microUsd(new TokenUsage(0, 1_000_000, 999_999, 0)));
  }

  @Test
  void roundsUpAndKnowsWhatIsFree() {
    assertEquals(0, PRICE.microUsd(TokenUsage.NONE));
    assertEquals(1, new Price(1, 0, 0).microUsd(new TokenUsage(1, 0, 0, 0)));
    assertEquals(0, Price.FREE.microUsd(new TokenUsage(9, 9, 9, 9)));
  }

  @Test
  void isNeverNegative() {
    var refused = assertThrows(IllegalArgumentException.class, () -> new Price(0, -1, 0));

    assertEquals("price 0/-1/0 must not be negative", refused.getMessage());
  }
}
