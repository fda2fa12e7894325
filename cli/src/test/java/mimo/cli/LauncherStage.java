package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The launcher as it is, in an install, a home and on a PATH of its own, with a JDK and a Maven
/// made of shell.
///
/// @param folder holds all of it
/// @param environment what the launcher will find around itself
record LauncherStage(
    Path folder, Path install, Path bin, Path jdk, Map<String, String> environment) {

  static final Path LAUNCHER =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("mimo");
  static final String PREPARED =
      "mimo: preparing fast starts, once; this takes some seconds ... done\n";
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  /// Says how it was started.
  static final String JAVA =
      """
      #!/bin/sh
      for word; do printf '<%s>\\n' "$word"; done
      """;

  /// Builds what the launcher looks for, and counts how often.
  static final String MVN =
      """
      #!/bin/sh
      echo x >> "$COUNT"
      for word; do case $word in -Dmimo.dist=*) dist=${word#-Dmimo.dist=} ;; esac; done
      mkdir -p "$dist/lib"
      : > "$dist/lib/mimo-cli.jar"
      : > "$dist/lib/another.jar"
      : > "$dist/libraries.txt"
      """;

  /// How it ended.
  record Ended(int exit, String out, String err) {}

  static LauncherStage in(Path folder) throws IOException {
    var install = folder.resolve("an install with spaces");
    var bin = folder.resolve("bin");
    var home = folder.resolve("home of ada");
    for (var room :
        List.of("engine", "sandbox", "compose-stdlib", "agent-runtime", "workflows", "cli")) {
      write(install.resolve(room).resolve("src/main/A.java"), "");
      write(install.resolve(room).resolve("pom.xml"), "");
    }
    write(install.resolve("pom.xml"), "");
    Files.copy(LAUNCHER, install.resolve("mimo"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(home);
    var jdk = jdk(home.resolve(".jdks/temurin 25"), "25.0.3");
    executable(bin.resolve("mvn"), MVN);
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("COUNT", folder.resolve("count").toString());
    // The usual folders of this machine may hold a JDK 25: the search must not depend on it.
    environment.put("JAVA_HOME", jdk.toString());
    return new LauncherStage(folder, install, bin, jdk, environment);
  }

  Ended mimo(String... words) throws IOException, InterruptedException {
    return run(
        install,
        Stream.concat(Stream.of(install.resolve("mimo").toString()), Stream.of(words))
            .toArray(String[]::new));
  }

  Ended run(Path where, String... command) throws IOException, InterruptedException {
    return end(start(where, command));
  }

  Process start(Path where, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    return builder.start();
  }

  static Ended end(Process process) throws IOException, InterruptedException {
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), out, err);
  }

  /// Caches as a preparation leaves them.
  Path caches(String jdkBuild, String key) throws IOException {
    var caches = folder.resolve("home of ada/.cache/mimocode/aot").resolve(key);
    write(caches.resolve("main.aot"), "");
    write(caches.resolve("version.aot"), "");
    write(install.resolve("cli/target/dist/aot"), jdkBuild + "\n" + key + "\n");
    return caches;
  }

  int builds() throws IOException {
    return Files.readAllLines(folder.resolve("count")).size();
  }

  /// Makes everything in the install old, and the build a little less so.
  void age() throws IOException {
    try (var all = Files.walk(install)) {
      for (var path : all.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
      }
    }
    Files.setLastModifiedTime(
        install.resolve("cli/target/dist/libraries.txt"), FileTime.from(LONG_AGO.plusSeconds(60)));
  }

  void linkTools(String... names) throws IOException {
    for (var name : names) {
      for (var place : List.of("/usr/bin", "/bin")) {
        var tool = Path.of(place, name);
        if (Files.exists(tool) && !Files.exists(bin.resolve(name))) {
          Files.createSymbolicLink(bin.resolve(name), tool);
        }
      }
    }
  }

  static Path jdk(Path where, String version) throws IOException {
    executable(where.resolve("bin/java"), JAVA);
    executable(where.resolve("bin/javac"), "#!/bin/sh\n");
    write(
        where.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\""
            + version
            + "\"\nJAVA_RUNTIME_VERSION=\""
            + version
            + "+9\"\nOS_NAME=\"Linux\"");
    return where;
  }

  static void executable(Path file, String text) throws IOException {
    write(file, text);
    assertTrue(file.toFile().setExecutable(true), file + " can be run");
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
