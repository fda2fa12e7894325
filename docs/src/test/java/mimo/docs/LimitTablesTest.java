package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitTablesTest {

  @Test
  void writesValuesAsPeopleSayThem() {
    assertEquals("10,000", LimitTables.value("AGENTS", 10_000));
    assertEquals("4 MiB", LimitTables.value("valueBytes", 4 << 20));
    assertEquals("8,193 bytes", LimitTables.value("LINE_BYTES", 8_193));
    assertEquals("1 GiB", LimitTables.value("totalBytes", 1L << 30));
    assertEquals("200 ms", LimitTables.value("WAIT", Duration.ofMillis(200)));
    assertEquals("120 s", LimitTables.value("WAIT", Duration.ofMinutes(2)));
    assertEquals("12 h", LimitTables.value("WAIT", Duration.ofHours(12)));
  }
}
