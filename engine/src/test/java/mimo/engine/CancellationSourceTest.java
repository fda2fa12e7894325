package mimo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CancellationSourceTest {

  private final CancellationSource source = new CancellationSource();
  private final List<String> heard = new ArrayList<>();

  private static Runnable failing(Throwable failure) {
    return () -> {
      switch (failure) {
        case Error e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new IllegalStateException(failure);
      }
    };
  }

  @Test
  void runsEveryActionThoughOneFails() {
    var first = new IllegalStateException("first");
    var second = new IllegalStateException("second");
    source.onCancel(failing(first));
    source.onCancel(() -> heard.add("a"));
    source.onCancel(failing(second));
    source.onCancel(failing(first));
    source.onCancel(() -> heard.add("b"));

    var thrown = assertThrows(IllegalStateException.class, source::cancel);

    assertSame(first, thrown);
    assertEquals(List.of(second), List.of(thrown.getSuppressed()));
    assertEquals(List.of("a", "b"), heard);
    assertTrue(source.isCancelled());
  }

  @Test
  void passesAnErrorOn() {
    var broken = new StackOverflowError();
    source.onCancel(failing(broken));
    source.onCancel(() -> heard.add("a"));

    assertSame(broken, assertThrows(StackOverflowError.class, source::cancel));
    assertEquals(List.of("a"), heard);
  }

  @Test
  void cancelsOnce() {
    source.onCancel(() -> heard.add("a"));

    source.cancel();
    source.cancel();

    assertEquals(List.of("a"), heard);
  }

  @Test
  void runsAnActionAtOnceThatComesTooLate() {
    source.cancel();

    source.onCancel(() -> heard.add("late")).close();

    assertEquals(List.of("late"), heard);
  }

  @Test
  void forgetsAnActionThatWasTakenBack() {
    source.onCancel(() -> heard.add("a")).close();

    source.cancel();

    assertEquals(List.of(), heard);
    assertFalse(CancellationToken.never().isCancelled());
  }
}
