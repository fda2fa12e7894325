package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {

  private static WorkerSettings settings(Path java, List<Path> classPath) {
    return WorkerSettings.of(java, classPath, null, Path.of("scratch"));
  }

  @Test
  void aWorkerNeedsAClassPath() {
    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> settings(Path.of("/jdk/bin/java"), List.of()));

    assertEquals("a worker needs a class path", failure.getMessage());
  }

  @Test
  void theCommandLineCarriesTheMemoryAndTheLimits() { // S3
    var limits = SandboxLimits.defaults().withMemory(m -> m.withHeap(64L << 20));
    var jars = List.of(Path.of("a.jar"), Path.of("b.jar"));

    var command =
        new WorkerCommand(settings(Path.of("/jdk/bin/java"), jars).withLimits(limits)).plain();

    assertTrue(command.containsAll(List.of("-Xmx64m", "-XX:+UseSerialGC")), command.toString());
    assertEquals(
        List.of(
            "-cp",
            "a.jar:b.jar",
            "mimo.sandbox.worker.WorkerMain",
            "524288",
            "4194304",
            "64",
            "4096",
            "16384",
            "4096",
            "256",
            "256",
            "65536",
            "1073741824",
            "16777216"),
        command.subList(command.indexOf("-cp"), command.size()));
  }

  @Test
  void aRuntimeWithoutAHomeCannotBeWrapped() { // S5
    var command = new WorkerCommand(settings(Path.of("/java"), List.of(Path.of("a.jar"))));

    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> command.wrapped(Path.of("/usr/bin/bwrap")));

    assertEquals("/java is not the launcher of a Java runtime", failure.getMessage());
  }
}
