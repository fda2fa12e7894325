package mimo.cli.install;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The runs that AOT caches are recorded from: the program as it starts, with the flags and jars of
/// every start, on a tiny script, in a home of its own. The user's data is not touched.
///
/// @param flags what every start passes to the JVM
/// @param folder where the caches go, each with the log of its recording
record Training(List<String> flags, Path folder) {

  private static final String SCRIPT = "rehearsal.js";
  private static final long PATIENCE_MINUTES = 5;
  private static final int LONGEST_EXCERPT = 2_000;

  /// One recording.
  ///
  /// @param option what has the cache written
  /// @param words the main class and what it is told
  private record Take(String name, String option, List<String> words) {}

  /// Records a small cache for `--version`, one for all other commands, and one for the worker.
  void record() throws IOException, InterruptedException {
    var takes =
        List.of(
            new Take("version", "-XX:AOTCacheOutput=", List.of("mimo.cli.Main", "--version")),
            new Take(
                "main",
                "-XX:AOTCacheOutput=",
                List.of("mimo.cli.Rehearsal", SCRIPT, RehearsalModel.NAME)),
            new Take(
                "worker",
                "-Dmimo.aot.record=",
                List.of("mimo.cli.Main", "compose", SCRIPT, "--model", "offline")));
    try (var model = RehearsalModel.start()) {
      // All at once: each waits for its children much of the time.
      var running = new ArrayList<Process>();
      try {
        for (var take : takes) {
          running.add(process(take, model).start());
        }
        for (int i = 0; i < takes.size(); i++) {
          await(takes.get(i), running.get(i));
        }
      } finally {
        running.forEach(Process::destroyForcibly);
      }
    }
  }

  private ProcessBuilder process(Take take, RehearsalModel model) throws IOException {
    var stage = Files.createDirectory(folder.resolve("stage-" + take.name()));
    try (var script = Training.class.getResourceAsStream(SCRIPT)) {
      Files.copy(script, stage.resolve(SCRIPT));
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add(take.option() + cache(take));
    for (var property : List.of("mimo.dist", "org.sqlite.lib.path")) {
      command.add("-D" + property + "=" + System.getProperty(property));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(take.words());
    var builder =
        new ProcessBuilder(command)
            .directory(stage.toFile())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log(take).toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("LC_CTYPE", "C.UTF-8");
    builder.environment().put("MIMOCODE_HOME", stage.resolve("home").toString());
    builder.environment().put("MIMOCODE_CONFIG_CONTENT", model.configuration());
    return builder;
  }

  private void await(Take take, Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      throw new IOException("the recording of " + cache(take) + " does not end");
    }
    if (process.exitValue() != 0 || !Files.isRegularFile(cache(take))) {
      var log = Files.readString(log(take)).strip();
      throw new IOException(
          "no %s was recorded (exit code %d): %s"
              .formatted(
                  cache(take),
                  process.exitValue(),
                  log.substring(Math.max(0, log.length() - LONGEST_EXCERPT))));
    }
  }

  private Path cache(Take take) {
    return folder.resolve(take.name() + ".aot");
  }

  private Path log(Take take) {
    return folder.resolve(take.name() + ".log");
  }
}
