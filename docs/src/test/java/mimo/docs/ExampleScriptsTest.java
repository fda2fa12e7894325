package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  @Test
  void thePageOfExamplesListsThemAll() {
    var repository = Repository.here();
    var folder = repository.file("docs/examples");
    var scripts =
        repository.files().stream()
            .filter(file -> file.startsWith(folder) && file.toString().matches(".*\\.(js|mjs|ts)"))
            .map(file -> folder.relativize(file).toString())
            .filter(name -> !name.contains("lib/"))
            .collect(Collectors.toCollection(TreeSet::new));
    var listed =
        Page.read(folder.resolve("README.md")).links().stream()
            .filter(link -> !link.startsWith("../"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertTrue(scripts.size() >= 25, () -> "saw only " + scripts);
    assertEquals(scripts, listed);
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
