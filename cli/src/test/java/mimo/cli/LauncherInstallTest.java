package mimo.cli;

import static mimo.cli.LauncherStage.executable;
import static mimo.cli.LauncherStage.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mimo.cli.LauncherStage.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher does once so that later starts are fast, and how it installs the command.
final class LauncherInstallTest {

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
  void startsWithTheCachesThatWereRecordedForItsJdk() throws Exception {
    stage.mimo();
    var caches = stage.caches("25.0.3+9", "0123456789abcdef");

    var compose = stage.mimo("compose", "a.js").out();
    var version = stage.mimo("--version").out();

    assertTrue(compose.contains("<-XX:AOTCache=" + caches + "/main.aot>\n"), compose);
    assertTrue(compose.contains("<-Dmimo.aot=" + caches + ">\n"), compose);
    assertTrue(version.contains("<-XX:AOTCache=" + caches + "/version.aot>\n"), version);
  }

  @Test
  void startsWithoutCachesThatAreGone() throws Exception {
    stage.mimo();
    var caches = stage.caches("25.0.3+9", "0123456789abcdef");
    Files.delete(caches.resolve("version.aot"));

    assertFalse(stage.mimo("--version").out().contains("AOTCache"));
  }

  @Test
  void preparesAgainForAnotherJdk() throws Exception {
    stage.mimo();
    stage.caches("25.0.2+10", "0123456789abcdef");

    var ended = stage.mimo("compose", "a.js");

    assertEquals(LauncherStage.PREPARED, ended.err());
    assertFalse(ended.out().contains("AOTCache"), ended.out());
  }

  @Test
  void startsAllTheSameIfItCannotPrepare() throws Exception {
    executable(
        jdk.resolve("bin/java"), LauncherStage.JAVA + "case $* in *Preparation*) exit 1 ;; esac\n");

    var first = stage.mimo("--version");
    var second = stage.mimo("--version");

    assertTrue(
        first
            .err()
            .endsWith(
                "failed, see ROOT; starts are slower\n"
                    .replace("ROOT", install.resolve("cli/target/prepare.log").toString())),
        first.err());
    assertEquals(0, first.exit());
    assertEquals(new Ended(0, first.out(), ""), second);
  }

  @Test
  void linksTheCommandOnceAndSaysWhatPathLacks() throws Exception {
    var local = folder.resolve("home of ada/.local/bin");

    var first = stage.mimo("install");
    environment.merge("PATH", ":" + local, String::concat);
    var second = stage.mimo("install");

    var hint =
        """
        BIN is not on your PATH. Add this line to ~/.profile, then log in again:
          export PATH="$HOME/.local/bin:$PATH"
        """
            .replace("BIN", local.toString());
    assertEquals("mimo is installed now: " + local.resolve("mimo") + "\n" + hint, first.out());
    assertEquals("mimo is installed: " + local.resolve("mimo") + "\n", second.out());
    assertEquals(install.resolve("mimo"), Files.readSymbolicLink(local.resolve("mimo")));
    assertEquals(stage.mimo("x"), stage.run(local, local.resolve("mimo").toString(), "x"));
  }

  @Test
  void doesNotReplaceAFileOfSomebodyElse() throws Exception {
    var foreign = folder.resolve("home of ada/.local/bin/mimo");
    write(foreign, "another program");

    var ended = stage.mimo("install");

    assertEquals(2, ended.exit());
    assertTrue(
        ended
            .err()
            .contains(
                "MIMO-114 install_failed: " + foreign + " is there already, and is not this mimo"),
        ended.err());
    assertEquals("another program", Files.readString(foreign));
  }
}
