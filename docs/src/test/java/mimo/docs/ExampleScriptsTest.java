package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.Compilation;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Test;

/// Compiles every script the pages show as a complete one: a reader will copy it.
final class ExampleScriptsTest {

  private static final String COMPLETE = "js complete";

  @Test
  void everyCompleteExampleIsALegalWorkflow() throws InterruptedException {
    var repository = Repository.here();
    var faults = new ArrayList<String>();
    var seen = 0;
    for (var file : repository.files(".md")) {
      for (var fence : Page.read(file).fences()) {
        if (fence.language().equals(COMPLETE)) {
          seen++;
          faults.addAll(faultsOf(new ScriptSource(repository.name(file), fence.text())));
        }
      }
    }

    assertTrue(seen >= 3, "saw only " + seen + " complete examples");
    Findings.assertNone(faults);
  }

  private static List<String> faultsOf(ScriptSource script) throws InterruptedException {
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      return switch (sandbox.compile(script)) {
        case Compilation.Compiled compiled -> List.of();
        case Compilation.Rejected rejected ->
            rejected.faults().stream()
                .map(fault -> script.name() + ":" + fault.line() + " " + fault.message())
                .toList();
      };
    }
  }
}
