package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;

class ValueCapsTest {

  private static final SandboxLimits LIMITS =
      SandboxLimits.defaults().withValues(v -> v.withValue(40, 3));

  private static void passes(String json) {
    var settlement = ScriptDriver.resolved(json, 1);

    assertSame(settlement, ValueCaps.within(LIMITS, settlement));
  }

  private static void refused(String json, int bytes, int levels) {
    var asked = ScriptDriver.resolved(json, 1);

    assertEquals(
        new Settlement.Rejected(
            "value_too_large",
            "the answer has %d bytes as JSON and %d levels; at most 40 and 3 are allowed"
                .formatted(bytes, levels),
            asked.clock(),
            asked.spent()),
        ValueCaps.within(LIMITS, asked));
  }

  @Test
  void countsLevelsOutsideOfTextsOnly() { // S6
    passes("[{\"a\":[1]},[[]],{}]");
    passes("\"[[[[{{{{\"");
    passes("{\"[[\\\"[[\":\"]]\\\\\"}");
    refused("[[[[]]]]", 8, 4);
    refused("{\"a\":[{\"b\":[]}]}", 16, 4);
  }

  @Test
  void countsBytesOfUtf8() { // S6
    passes("\"" + "\u00e9".repeat(19) + "\"");
    refused("\"" + "\u00e9".repeat(20) + "\"", 42, 0);
  }

  @Test
  void aRejectionPassesAsItIs() {
    var rejected = ScriptDriver.rejected("code", "x".repeat(100));

    assertSame(rejected, ValueCaps.within(LIMITS, rejected));
  }
}
