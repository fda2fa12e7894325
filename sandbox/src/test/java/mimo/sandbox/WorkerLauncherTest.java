package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import mimo.sandbox.WorkerSettings.Wrapping;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a worker is started, and what is said where it cannot be. Shell scripts play it.
class WorkerLauncherTest {

  private static final String READY = "printf '\\000\\000\\000\\026{\"v\":1,\"kind\":\"ready\"}'\n";

  @TempDir Path scratch;

  private WorkerSettings settings(@Nullable Path bubblewrap) throws IOException {
    var worker = program("worker.sh", READY + "exec /bin/cat >/dev/null\n");
    return WorkerSettings.of(worker, List.of(Path.of("a.jar")), bubblewrap, scratch);
  }

  private Path program(String name, String script) throws IOException {
    var file = scratch.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void whereWrappingIsRequiredAWrapperIsNeeded() throws Exception { // S5
    var noProgram = Files.writeString(scratch.resolve("bwrap"), "");

    for (var bubblewrap : new @Nullable Path[] {null, scratch.resolve("gone"), noProgram}) {
      var required = settings(bubblewrap).withWrapping(Wrapping.REQUIRED);
      var end =
          assertThrows(
              SandboxException.class, () -> new WorkerLauncher(required, scratch).launch());

      assertEquals(
          "sandbox_unavailable: wrapping by the operating system is required, but there is no"
              + " bubblewrap",
          end.code() + ": " + end.getMessage());
    }
  }

  @Test
  void aWrapperThatIsNotWantedIsNotRun() throws Exception { // S5
    var mark = scratch.resolve("mark");
    var wrapper = program("bwrap", "echo ran >" + mark + "\nexit 1\n");

    try (var sandbox = SandboxProcess.spawn(settings(wrapper).withWrapping(Wrapping.NEVER))) {
      assertEquals("process-only", sandbox.confinement());
    }

    assertFalse(Files.exists(mark));
  }

  @Test
  void aMistakeInTheSettingsIsToldToWhoeverWaitsForTheWorker() { // S22
    var settings =
        WorkerSettings.of(
            Path.of("/java"), List.of(Path.of("a.jar")), Path.of("/bin/false"), scratch);

    try (var sandbox = SandboxProcess.spawn(settings)) {
      var end = assertThrows(SandboxException.class, sandbox::confinement);

      assertEquals(
          "sandbox_unavailable: the worker did not come up: java.lang.IllegalArgumentException:"
              + " /java is not the launcher of a Java runtime",
          end.code() + ": " + end.getMessage());
      assertEquals("", sandbox.workerLog());
    }
  }
}
