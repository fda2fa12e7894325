package mimo.cli;

import static mimo.cli.LauncherStage.executable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mimo.cli.LauncherStage.Ended;
import mimo.cli.error.ErrorTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher as it is: from the search for a JDK to the start of the program.
final class LauncherTest {

  @TempDir private Path folder;

  private Map<String, String> environment = new HashMap<>();
  private Path install = Path.of("unset");
  private Path bin = Path.of("unset");
  private Path jdk = Path.of("unset");
  private LauncherStage stage = new LauncherStage(install, install, bin, jdk, environment);

  @BeforeEach
  void setTheStage() throws IOException {
    stage = LauncherStage.in(folder);
    environment = stage.environment();
    install = stage.install();
    bin = stage.bin();
    jdk = stage.jdk();
  }

  @Test
  void buildsOnceThenStartsAtOnce() throws Exception {
    var first = stage.mimo("compose", "a b.js");
    var second = stage.mimo("compose", "a b.js");

    var dist = install.resolve("cli/target/dist");
    assertEquals(
        new Ended(
            0,
            """
            <-XX:+UseSerialGC>
            <-XX:TieredStopAtLevel=1>
            <-XX:-UsePerfData>
            <--enable-native-access=ALL-UNNAMED>
            <--sun-misc-unsafe-memory-access=allow>
            <-Dslf4j.internal.verbosity=ERROR>
            <-Xlog:disable>
            <-Xlog:all=warning,aot*=off,cds*=off:stderr>
            <-Dorg.sqlite.lib.path=DIST/native>
            <-Dmimo.dist=DIST>
            <-Dmimo.launcher=INSTALL/mimo>
            <-Dmimo.aot=>
            <-Dmimo.terminals=>
            <-cp>
            <DIST/lib/mimo-cli.jar:DIST/lib/another.jar>
            <mimo.cli.Main>
            <compose>
            <a b.js>
            """
                .replace("DIST", dist.toString())
                .replace("INSTALL", install.toString()),
            ""),
        second);
    assertEquals(
        new Ended(
            0,
            second.out(),
            "mimo: building "
                + install
                + ", once; this takes a minute or two ... done\n"
                + LauncherStage.PREPARED),
        first);
    assertEquals(1, stage.builds());
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    stage.mimo();
    stage.age();
    assertEquals("", stage.mimo().err());

    Files.writeString(install.resolve("engine/src/main/A.java"), "class A {}");
    assertTrue(stage.mimo().err().contains("building"));

    stage.age();
    Files.delete(install.resolve("workflows/src/main/A.java"));
    assertTrue(stage.mimo().err().contains("building"));
    assertEquals(3, stage.builds());
  }

  @Test
  void findsItsFolderThroughSymbolicLinksFromAnywhere() throws Exception {
    stage.mimo();
    Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(folder.resolve("links/direct"), install.resolve("mimo"));
    Files.createSymbolicLink(bin.resolve("mimo"), Path.of("../links/direct"));

    var byLink = stage.run(folder.resolve("links"), "../bin/mimo", "x");
    var byPath = stage.run(Path.of("/"), "/bin/sh", "-c", "exec mimo x");

    assertEquals(stage.mimo("x"), byLink);
    assertEquals(byLink, byPath);
  }

  @Test
  void searchesRemembersAndSearchesAgainWhenTheJdkIsGone() throws Exception {
    environment.remove("JAVA_HOME");
    var remembered = folder.resolve("home of ada/.cache/mimocode/jdk");

    assertEquals(0, stage.mimo().exit());
    var found = Files.readString(remembered);
    Files.writeString(remembered, folder.resolve("no jdk here") + "\n");

    assertEquals(0, stage.mimo().exit());
    assertEquals(found, Files.readString(remembered));
  }

  @Test
  void saysWhereItLookedIfThereIsNoJdk() throws Exception {
    var launcher = install.resolve("mimo");
    var text = Files.readString(launcher);
    Files.writeString(launcher, text.replace("WANTED_JAVA=25", "WANTED_JAVA=99"));
    environment.put("PATH", bin.toString());
    stage.linkTools("uname", "find", "readlink");

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
        stage.mimo());
  }

  @Test
  void keepsItsCacheWhereTheUserWantsIt() throws Exception {
    environment.remove("JAVA_HOME");
    environment.put("XDG_CACHE_HOME", folder.resolve("xdg").toString());
    stage.mimo();
    environment.put("MIMOCODE_HOME", folder.resolve("all").toString());
    stage.mimo();

    assertTrue(Files.exists(folder.resolve("xdg/mimocode/jdk")));
    assertTrue(Files.exists(folder.resolve("all/cache/jdk")));
    assertFalse(Files.exists(folder.resolve("home of ada/.cache")));
  }

  @Test
  void passesOverAJavaHomeOfAnotherVersion() throws Exception {
    environment.put("JAVA_HOME", LauncherStage.jdk(folder.resolve("old"), "17.0.15").toString());

    assertEquals(0, stage.mimo().exit());
  }

  @Test
  void saysWhatIsWrongWithAMimoJavaHome() throws Exception {
    var old = LauncherStage.jdk(folder.resolve("jdk 250"), "250.1");
    environment.put("MIMO_JAVA_HOME", old.toString());

    assertEquals(
        new Ended(
            2,
            "",
            "MIMO-110 jdk_missing: MIMO_JAVA_HOME is '"
                + old
                + "', which holds no JDK 25\n"
                + "→ correct MIMO_JAVA_HOME, or unset it to let mimo search.\n"),
        stage.mimo());
  }

  @Test
  void saysThatThereIsNoMaven() throws Exception {
    Files.delete(bin.resolve("mvn"));
    stage.linkTools("uname", "find", "mkdir", "dirname", "readlink", "flock", "rm", "touch", "mv");
    environment.put("PATH", bin.toString());

    var ended = stage.mimo();

    assertEquals(2, ended.exit());
    assertTrue(
        ended.err().startsWith("MIMO-111 maven_missing: mimo must be built before its first start"),
        ended.err());
  }

  @Test
  void showsWhyABuildFailedAndKeepsTheOldProgram() throws Exception {
    stage.mimo();
    stage.age();
    Files.writeString(install.resolve("pom.xml"), "<broken>");
    executable(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        echo '[INFO] working'
        echo '[ERROR] a semicolon is missing'
        exit 1
        """);

    var ended = stage.mimo();

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
  void saysThatABuildNeedsANetwork() throws Exception {
    executable(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        echo '[ERROR] Could not transfer artifact a:b:jar:1 from/to central'
        exit 1
        """);

    var ended = stage.mimo();

    assertEquals(
        new Ended(
            2,
            "",
            """
            mimo: building ROOT, once; this takes a minute or two ... failed
            MIMO-113 build_failed: the first build fetches libraries, and the network \
            did not give them
            → connect (behind a proxy: name it in ~/.m2/settings.xml), then start mimo again. \
            The log is ROOT/cli/target/build.log
            """
                .replace("ROOT", install.toString())),
        ended);
  }

  @Test
  void buildsOnceWhenStartedTwiceAtTheSameTime() throws Exception {
    // The first build ends only when the second start waits for the lock, or after ten seconds.
    executable(
        bin.resolve("mvn"),
        LauncherStage.MVN.replace(
            "mkdir",
            "i=0; while [ ! -e \"$COUNT.go\" ] && [ $i -lt 100 ]; do "
                + "sleep 0.1; i=$((i+1)); done\nmkdir"));

    var first = stage.start(install, install.resolve("mimo").toString());
    var second = stage.start(install, install.resolve("mimo").toString());
    Files.writeString(folder.resolve("count.go"), "");

    assertEquals(0, LauncherStage.end(first).exit());
    assertEquals(0, LauncherStage.end(second).exit());
    assertEquals(1, stage.builds());
  }

  @Test
  void saysThatWindowsIsNotSupported() throws Exception {
    executable(bin.resolve("uname"), "#!/bin/sh\necho MINGW64_NT-10.0\n");

    var ended = stage.mimo("--version");

    assertEquals(2, ended.exit());
    assertTrue(
        ended.err().startsWith("MIMO-112 platform_unsupported: mimo does not run on Windows yet"),
        ended.err());
  }

  @Test
  void saysThatItsFolderIsGone() throws Exception {
    var gone = Files.createDirectory(folder.resolve("gone"));

    var ended =
        stage.run(
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

    var used = fail.matcher(Files.readString(LauncherStage.LAUNCHER)).results().toList();

    assertTrue(used.size() >= 5, used.size() + " errors");
    for (var match : used) {
      assertEquals(
          "MIMO-" + match.group(1) + " " + match.group(2), table.find(match.group(2)).title());
    }
  }
}
