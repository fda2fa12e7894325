package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptsTest {

  private final List<Object> happened = new ArrayList<>();
  private final Interrupts interrupts = new Interrupts(code -> happened.add(code));

  @Test
  void asksToStopAtTheFirstSignalAndHaltsAtTheSecond() {
    try (var _ = interrupts.onInterrupt(() -> happened.add("stop"))) {
      interrupts.signal();
      interrupts.signal();
    }

    assertEquals(List.of("stop", 130), happened);
  }

  @Test
  void haltsAtOnceWhereThereIsNothingToStop() {
    try (var _ = interrupts.onInterrupt(() -> happened.add("stop"))) {
      assertEquals(List.of(), happened);
    }

    interrupts.signal();

    assertEquals(List.of(130), happened);
  }
}
