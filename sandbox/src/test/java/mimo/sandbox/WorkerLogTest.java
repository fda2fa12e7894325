package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerLogTest {

  private static InputStream bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new ByteArrayInputStream(bytes);
  }

  @Test
  void escapesWhatATerminalWouldObey() throws Exception { // S7
    var log = new WorkerLog(100);

    log.drain(bytes('a', '\t', '~', '\n', 0x1b, '[', 0x7f, 0xe9, 0, '\r'));

    assertEquals("a\t~\n\\x1b[\\x7f\\xe9\\x00\\x0d", log.lastWords(Duration.ZERO));
  }

  @Test
  void keepsNoMoreThanItsCap() { // S7
    var log = new WorkerLog(5);

    log.drain(bytes('1', '2', '3', '4', '5', '6'));
    log.drain(bytes('7'));

    assertEquals("12345", log.text());
  }

  @Test
  void aPipeThatBreaksEndsTheLog() throws Exception { // S7
    var log = new WorkerLog(5);

    // A pipe without another end fails at the first read.
    log.drain(new PipedInputStream());

    assertEquals("", log.lastWords(Duration.ofSeconds(60)));
  }
}
