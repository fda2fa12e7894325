package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTypeScriptTest extends TypeScriptContract {

  @TempDir Path scratch;

  @Override
  Sandbox open() {
    return SandboxProcess.spawn(Workers.plain(scratch));
  }

  /// Most of the heap, so that what the eraser left behind would show.
  private static final String GREEDY =
      """
      const all = [];
      for (let i = 0; i < 180; i++) all.push(new Uint8Array(1024 * 1024));
      return all.length;
      """;

  @Test
  void theEraserLeavesTheHeapToTheScript() throws Exception { // L3, L104
    for (var name : List.of("main.js", "main.ts")) {
      try (var sandbox = open()) {
        var outcome = new ScriptDriver(sandbox).run(new ScriptSource(name, META + GREEDY));

        assertEquals("180", outcome.value(), name);
      }
    }
  }

  @Test
  void aWorkerThatErasesWithoutEndIsKilled() throws Exception { // L3, S20
    var limits =
        SandboxLimits.defaults()
            .withTimes(times -> times.withErasure(Duration.ofMillis(100), Duration.ofSeconds(60)));
    var settings = Workers.plain(scratch).withLimits(limits);
    try (var sandbox = SandboxProcess.spawn(settings)) {
      var script = new ScriptSource("main.ts", META + "const a: number = 1;");

      var why = assertThrows(SandboxException.class, () -> sandbox.compile(script));

      assertEquals("script_cpu", why.code());
      assertTrue(why.toString().contains(": taking out the script's types ran "), why::toString);
    }
  }
}
