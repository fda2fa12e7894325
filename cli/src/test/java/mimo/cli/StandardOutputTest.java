package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {

  private int tries;

  @Test
  void letsAReaderLeaveEarly() {
    var out = failingWith("Broken pipe");

    out.print("a result");
    out.flush();
    out.print("more of it");

    assertFalse(out.checkError(), "the reader had what it wanted");
    assertEquals(1, tries, "nothing is written to nobody");
  }

  @Test
  void tellsThatTheResultIsLost() {
    var out = failingWith("No space left on device");

    out.print("a result");

    assertTrue(out.checkError());
  }

  private PrintStream failingWith(String message) {
    var broken =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            tries++;
            throw new IOException(message);
          }
        };
    return new PrintStream(new StandardOutput(broken), false, StandardCharsets.UTF_8);
  }
}
