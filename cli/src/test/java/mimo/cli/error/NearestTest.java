package mimo.cli.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestTest {

  private static final List<String> KNOWN = List.of("compose", "runs", "workflows");

  @Test
  void findsTheWordBehindATypingError() {
    assertEquals(Optional.of("compose"), Nearest.of("compsoe", KNOWN));
    assertEquals(Optional.of("compose"), Nearest.of("Compose", KNOWN));
    assertEquals(Optional.of("runs"), Nearest.of("rnus", KNOWN));
    assertEquals(Optional.of("workflows"), Nearest.of("workflow", KNOWN));
  }

  @Test
  void suggestsNothingForAnotherWord() {
    assertEquals(Optional.empty(), Nearest.of("memory", KNOWN));
    assertEquals("", Nearest.hint("x", KNOWN));
  }

  @Test
  void asksWhetherThatWasMeant() {
    assertEquals("; did you mean 'runs'?", Nearest.hint("run", KNOWN));
  }
}
