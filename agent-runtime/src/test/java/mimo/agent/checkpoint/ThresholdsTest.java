package mimo.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalLong;
import mimo.agent.provider.ModelSize;
import org.junit.jupiter.api.Test;

final class ThresholdsTest {

  @Test
  void areSharesAndNumbersInOrderEachOnceK1() {
    var thresholds = Thresholds.of(List.of("45%", "100K", "0.02M", "20%", "90000", "10%"));

    assertEquals(List.of(20_000L, 40_000L, 90_000L, 100_000L), thresholds.within(200_000));
  }

  @Test
  void lieBelowThePointOfRebuildingK1() {
    assertEquals(List.of(2_000L, 4_500L, 7_000L), Thresholds.USUAL.within(10_000));
    assertEquals(List.of(8_999L), Thresholds.of(List.of("1.5M", "99%")).within(10_000));
  }

  @Test
  void countOfWhatTheModelTakesLessItsReplyOrOfTheBudgetK1() {
    var size = new ModelSize(200_000, 8_000);

    assertEquals(192_000, Thresholds.usable(size, OptionalLong.empty()));
    assertEquals(50_000, Thresholds.usable(size, OptionalLong.of(50_000)));
    assertEquals(192_000, Thresholds.usable(size, OptionalLong.of(900_000)));
    assertEquals(128_000, Thresholds.usable(ModelSize.UNKNOWN, OptionalLong.empty()));
  }

  @Test
  void refuseWhatIsNone() {
    assertEquals(
        "the threshold '145%' must be like 45%, 100K or 1.5M",
        assertThrows(IllegalArgumentException.class, () -> Thresholds.of(List.of("145%")))
            .getMessage());
  }
}
