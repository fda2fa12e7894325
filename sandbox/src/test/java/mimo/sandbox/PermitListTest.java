package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.testing.PermitList;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything a script can reach in a worker, against the committed list of what it may (S14, T3).
///
/// The library here is one function, `ask`, so the list is that of the language and the kernel.
class PermitListTest {

  private static final PermitList PERMITTED =
      new PermitList(Path.of("src/test/resources/mimo/sandbox/permitted.txt"));

  private static final ScriptSource LIBRARY =
      new ScriptSource("ask.js", "wf.define('ask', (what) => wf.call('ask', { what }));");

  @TempDir Path scratch;

  @Test
  void aScriptReachesWhatIsPermittedAndNothingElse() throws Exception { // S14, T3
    List<String> reached;
    try (var sandbox = SandboxProcess.spawn(Workers.plain(scratch))) {
      reached = walk(sandbox);
    }

    PERMITTED.hold(reached);
  }

  @Test
  void theListIsTheSameWithoutAProcess() throws Exception { // S9
    List<String> reached;
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      reached = walk(sandbox);
    }

    PERMITTED.hold(reached);
  }

  @Test
  void theWalkSeesOneNameMore() throws IOException { // S87
    var reached = new ArrayList<>(PERMITTED.read());
    reached.add("Java  -e- object");
    reached.remove("NaN  --- NaN");

    assertEquals(List.of("+ Java  -e- object", "- NaN  --- NaN"), PERMITTED.differences(reached));
  }

  private static List<String> walk(Sandbox sandbox) throws InterruptedException {
    var outcome =
        new ScriptDriver(sandbox)
            .library(LIBRARY)
            .answers(call ->
                call.arguments().contains("no")
                    ? ScriptDriver.rejected("cancelled", "m")
                    : ScriptDriver.resolved("{}", 1))
            .run(ScriptDriver.resource("/mimo/sandbox/permit-walk.js"));
    var lines = PermitList.lines(outcome.value());
    assertTrue(lines.size() > 1000, "the walk saw only " + lines.size());
    return lines;
  }
}
