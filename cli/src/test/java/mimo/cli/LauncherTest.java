package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import mimo.cli.error.ErrorTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher as it is, in a folder of its own, with a JDK and a Maven made of shell.
final class LauncherTest {

  private static final Path LAUNCHER =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("mimo");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  /// Says how it was started.
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do printf '<%s>\\n' "$word"; done
      """;

  /// Builds what the launcher looks for, and counts how often.
  private static final String MVN =
      """
      #!/bin/sh
      echo x >> "$COUNT"
      for word; do case $word in -Dmimo.dist=*) dist=${word#-Dmimo.dist=} ;; esac; done
      mkdir -p "$dist/lib"
      : > "$dist/lib/mimo-cli.jar"
      : > "$dist/lib/another.jar"
      : > "$dist/libraries.txt"
      """;

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path install = Path.of("unset");
  private Path bin = Path.of("unset");
  private Path jdk = Path.of("unset");

  private record Ended(int exit, String out, String err) {}

  @BeforeEach
  void makeAnInstallAHomeAndAJdk() throws IOException {
    install = folder.resolve("an install with spaces");
    bin = folder.resolve("bin");
    var home = folder.resolve("home of ada");
    for (var room :
        List.of("engine", "sandbox", "compose-stdlib", "agent-runtime", "workflows", "cli")) {
      write(install.resolve(room).resolve("src/main/A.java"), "");
      write(install.resolve(room).resolve("pom.xml"), "");
    }
    write(install.resolve("pom.xml"), "");
    Files.copy(LAUNCHER, install.resolve("mimo"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(home);
    jdk = jdk(home.resolve(".jdks/temurin 25"), "25.0.3");
    executable(bin.resolve("mvn"), MVN);
    environment.put("HOME", home.toString());
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("COUNT", folder.resolve("count").toString());
    // The usual folders of this machine may hold a JDK 25: the search must not depend on it.
    environment.put("JAVA_HOME", jdk.toString());
  }

  @Test
  void buildsOnceThenStartsAtOnce() throws Exception {
    var first = mimo("compose", "a b.js");
    var second = mimo("compose", "a b.js");

    var dist = install.resolve("cli/target/dist");
    assertEquals(
        new Ended(
            0,
            """
            <-XX:+UseSerialGC>
            <-XX:TieredStopAtLevel=1>
            <-XX:-UsePerfData>
            <-Xshare:auto>
            <--enable-native-access=ALL-UNNAMED>
            <--sun-misc-unsafe-memory-access=allow>
            <-Dslf4j.internal.verbosity=ERROR>
            <-Dmimo.dist=DIST>
            <-Dmimo.terminals=>
            <-cp>
            <DIST/lib/mimo-cli.jar:DIST/lib/another.jar>
            <mimo.cli.Main>
            <compose>
            <a b.js>
            """
                .replace("DIST", dist.toString()),
            ""),
        second);
    assertEquals(
        new Ended(
            0,
            second.out(),
            "mimo: building " + install + ", once; this takes a minute or two ... done\n"),
        first);
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    mimo();
    age();
    assertEquals("", mimo().err());

    Files.writeString(install.resolve("engine/src/main/A.java"), "class A {}");
    assertTrue(mimo().err().contains("building"));

    age();
    Files.delete(install.resolve("workflows/src/main/A.java"));
    assertTrue(mimo().err().contains("building"));
    assertEquals(3, builds());
  }

  @Test
  void findsItsFolderThroughSymbolicLinksFromAnywhere() throws Exception {
    mimo();
    Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(folder.resolve("links/direct"), install.resolve("mimo"));
    Files.createSymbolicLink(bin.resolve("mimo"), Path.of("../links/direct"));

    var byLink = run(folder.resolve("links"), "../bin/mimo", "x");
    var byPath = run(Path.of("/"), "/bin/sh", "-c", "exec mimo x");

    assertEquals(mimo("x"), byLink);
    assertEquals(byLink, byPath);
  }

  @Test
  void searchesRemembersAndSearchesAgainWhenTheJdkIsGone() throws Exception {
    environment.remove("JAVA_HOME");
    var remembered = folder.resolve("home of ada/.cache/mimocode/jdk");

    assertEquals(0, mimo().exit());
    var found = Files.readString(remembered);
    Files.writeString(remembered, folder.resolve("no jdk here") + "\n");

    assertEquals(0, mimo().exit());
    assertEquals(found, Files.readString(remembered));
  }

  @Test
  void saysWhereItLookedIfThereIsNoJdk() throws Exception {
    var launcher = install.resolve("mimo");
    var text = Files.readString(launcher);
    Files.writeString(launcher, text.replace("WANTED_JAVA=25", "WANTED_JAVA=99"));
    environment.put("PATH", bin.toString());
    linkTools("uname", "find", "readlink");

    assertEquals(
        new Ended(
            2,
            "",
            """
            MIMO-110 jdk_missing: no JDK 99 found. Looked at JAVA_HOME (HOME), ~/.sdkman, ~/.jdks, \
            mise, /usr/lib/jvm, /usr/java, /usr/local/lib/jvm, /opt, /Library/Java and the java on \
            PATH (none)
            → install a JDK 99 (for example Temurin), or set JAVA_HOME to the folder of one.
            """
                .replace("(HOME)", "(" + jdk + ")")),
        mimo());
  }

  @Test
  void keepsItsCacheWhereTheUserWantsIt() throws Exception {
    environment.remove("JAVA_HOME");
    environment.put("XDG_CACHE_HOME", folder.resolve("xdg").toString());
    mimo();
    environment.put("MIMOCODE_HOME", folder.resolve("all").toString());
    mimo();

    assertTrue(Files.exists(folder.resolve("xdg/mimocode/jdk")));
    assertTrue(Files.exists(folder.resolve("all/cache/jdk")));
    assertFalse(Files.exists(folder.resolve("home of ada/.cache")));
  }

  @Test
  void passesOverAJavaHomeOfAnotherVersion() throws Exception {
    environment.put("JAVA_HOME", jdk(folder.resolve("old"), "17.0.15").toString());

    assertEquals(0, mimo().exit());
  }

  @Test
  void saysWhatIsWrongWithAMimoJavaHome() throws Exception {
    var old = jdk(folder.resolve("jdk 250"), "250.1");
    environment.put("MIMO_JAVA_HOME", old.toString());

    assertEquals(
        new Ended(
            2,
            "",
            "MIMO-110 jdk_missing: MIMO_JAVA_HOME is '"
                + old
                + "', which holds no JDK 25\n"
                + "→ correct MIMO_JAVA_HOME, or unset it to let mimo search.\n"),
        mimo());
  }

  @Test
  void saysThatThereIsNoMaven() throws Exception {
    Files.delete(bin.resolve("mvn"));
    linkTools("uname", "find", "mkdir", "dirname", "readlink", "flock", "rm", "touch", "mv");
    environment.put("PATH", bin.toString());

    var ended = mimo();

    assertEquals(2, ended.exit());
    assertTrue(
        ended.err().startsWith("MIMO-111 maven_missing: mimo must be built before its first start"),
        ended.err());
  }

  @Test
  void showsWhyABuildFailedAndKeepsTheOldProgram() throws Exception {
    mimo();
    age();
    Files.writeString(install.resolve("pom.xml"), "<broken>");
    executable(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        echo '[INFO] working'
        echo '[ERROR] a semicolon is missing'
        exit 1
        """);

    var ended = mimo();

    assertEquals(
        new Ended(
            2,
            "",
            """
            mimo: building ROOT, once; this takes a minute or two ... failed
            [ERROR] a semicolon is missing
            MIMO-113 build_failed: mvn package ended with an error in ROOT
            → the whole log is in ROOT/cli/target/build.log
            """
                .replace("ROOT", install.toString())),
        ended);
    assertTrue(
        Files.readString(install.resolve("cli/target/build.log")).contains("[INFO] working"));
    assertTrue(Files.exists(install.resolve("cli/target/dist/lib/mimo-cli.jar")));
  }

  @Test
  void buildsOnceWhenStartedTwiceAtTheSameTime() throws Exception {
    // The first build ends only when the second start waits for the lock, or after ten seconds.
    executable(
        bin.resolve("mvn"),
        MVN.replace(
            "mkdir",
            "i=0; while [ ! -e \"$COUNT.go\" ] && [ $i -lt 100 ]; do "
                + "sleep 0.1; i=$((i+1)); done\nmkdir"));

    var first = start(install, install.resolve("mimo").toString());
    var second = start(install, install.resolve("mimo").toString());
    Files.writeString(folder.resolve("count.go"), "");

    assertEquals(0, end(first).exit());
    assertEquals(0, end(second).exit());
    assertEquals(1, builds());
  }

  @Test
  void saysThatWindowsIsNotSupported() throws Exception {
    executable(bin.resolve("uname"), "#!/bin/sh\necho MINGW64_NT-10.0\n");

    var ended = mimo("--version");

    assertEquals(2, ended.exit());
    assertTrue(
        ended.err().startsWith("MIMO-112 platform_unsupported: mimo does not run on Windows yet"),
        ended.err());
  }

  @Test
  void saysThatItsFolderIsGone() throws Exception {
    var gone = Files.createDirectory(folder.resolve("gone"));

    var ended =
        run(
            gone,
            "/bin/sh",
            "-c",
            "rmdir \"$1\"; exec \"$2\" --version",
            "sh",
            gone.toString(),
            install.resolve("mimo").toString());

    assertEquals(2, ended.exit());
    assertTrue(
        ended
            .err()
            .contains("MIMO-100 usage: the folder mimo was started in does not exist any more\n"),
        ended.err());
  }

  @Test
  void usesNumbersAndNamesOfTheErrorTable() throws IOException {
    var table = ErrorTable.load();
    var fail = java.util.regex.Pattern.compile("\\bfail (\\d{3}) ([a-z_]+) ");

    var used = fail.matcher(Files.readString(LAUNCHER)).results().toList();

    assertTrue(used.size() >= 5, used.size() + " errors");
    for (var match : used) {
      assertEquals(
          "MIMO-" + match.group(1) + " " + match.group(2), table.find(match.group(2)).title());
    }
  }

  private Ended mimo(String... words) throws IOException, InterruptedException {
    return run(
        install,
        Stream.concat(Stream.of(install.resolve("mimo").toString()), Stream.of(words))
            .toArray(String[]::new));
  }

  private Ended run(Path where, String... command) throws IOException, InterruptedException {
    return end(start(where, command));
  }

  private Process start(Path where, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    return builder.start();
  }

  private static Ended end(Process process) throws IOException, InterruptedException {
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), out, err);
  }

  private int builds() throws IOException {
    return Files.readAllLines(folder.resolve("count")).size();
  }

  /// Makes everything in the install old, and the build a little less so.
  private void age() throws IOException {
    try (var all = Files.walk(install)) {
      for (var path : all.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
      }
    }
    Files.setLastModifiedTime(
        install.resolve("cli/target/dist/libraries.txt"), FileTime.from(LONG_AGO.plusSeconds(60)));
  }

  private void linkTools(String... names) throws IOException {
    for (var name : names) {
      for (var place : List.of("/usr/bin", "/bin")) {
        var tool = Path.of(place, name);
        if (Files.exists(tool) && !Files.exists(bin.resolve(name))) {
          Files.createSymbolicLink(bin.resolve(name), tool);
        }
      }
    }
  }

  private static Path jdk(Path where, String version) throws IOException {
    executable(where.resolve("bin/java"), JAVA);
    executable(where.resolve("bin/javac"), "#!/bin/sh\n");
    write(
        where.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"");
    return where;
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    assertTrue(file.toFile().setExecutable(true), file + " can be run");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
