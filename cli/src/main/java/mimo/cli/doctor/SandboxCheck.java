package mimo.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import mimo.sandbox.Compilation;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxException;
import mimo.sandbox.ScriptSource;

/// Whether scripts can be run, and behind which wall: a worker is really started (S5).
///
/// @param status the kernel's file about this process, which tells whose it is
public record SandboxCheck(Supplier<Sandbox> workers, Path status) implements Check {

  private static final String SCRIPT = "export const meta = {};\nreturn 1;\n";
  private static final String CONFINED = "process+os";

  @Override
  public String area() {
    return "sandbox";
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    String confinement;
    try (var worker = workers.get()) {
      confinement = worker.confinement();
      if (worker.compile(new ScriptSource("doctor.js", SCRIPT))
          instanceof Compilation.Rejected(var faults)) {
        return List.of(
            Finding.fail(
                area(), "a worker starts, but refuses a script: " + faults.getFirst(), REINSTALL));
      }
    } catch (SandboxException | java.io.UncheckedIOException failure) {
      return List.of(
          Finding.fail(area(), "scripts cannot run: " + failure.getMessage(), REINSTALL));
    }
    return confinement.equals(CONFINED) ? confined() : alone(confinement);
  }

  private static final String REINSTALL =
      "build mimo anew; on Linux, see whether the reason names bubblewrap.";

  private List<Finding> confined() {
    return List.of(
        Finding.ok(
            area(), CONFINED + ": a worker starts, in namespaces of its own and without network"));
  }

  private List<Finding> alone(String confinement) {
    var findings = new ArrayList<Finding>();
    findings.add(
        Finding.warn(
            area(),
            confinement
                + ": a worker starts, walled in by its process alone; what it starts is looked for"
                + " when it ends, as best one can",
            "install bubblewrap, and let it make user namespaces."));
    if (isRoot()) {
      findings.add(
          Finding.warn(
              area(),
              "mimo runs as root without a process namespace: nothing shields its keys from"
                  + " other processes of root",
              "run mimo as a user of its own."));
    }
    return findings;
  }

  private boolean isRoot() {
    try {
      return Files.readString(status)
          .lines()
          .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    } catch (IOException e) {
      // Only Linux has this file.
      return false;
    }
  }
}
