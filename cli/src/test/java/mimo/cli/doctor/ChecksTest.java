package mimo.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import mimo.agent.command.ChosenConfinement;
import mimo.agent.command.ChosenConfinement.Standing;
import mimo.agent.command.Unconfined;
import mimo.cli.config.Configuration;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.doctor.Finding.Verdict;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;
import mimo.cli.testing.TestStreams;
import mimo.sandbox.Compilation;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.Guest;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxException;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksTest {

  @TempDir private Path folder;

  @Test
  void javaIsTheOneMimoIsTestedWith() {
    assertEquals(Verdict.OK, JavaCheck.ofThisProcess().look().getFirst().verdict());
    assertEquals(
        List.of(
            Finding.warn(
                "java",
                "JDK 26.0.1 in /jdk; mimo is tested with JDK 25",
                "set MIMO_JAVA_HOME to the folder of a JDK 25.")),
        new JavaCheck(26, "26.0.1", "/jdk").look());
  }

  @Test
  void toolsAreLookedForInAbsoluteFoldersOfThePath() throws IOException {
    var git = Files.createFile(folder.resolve("git"));
    Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(folder.resolve("rg"));

    assertEquals(
        List.of(
            Finding.ok("tools", "git is " + git),
            Finding.ok("tools", "rg is not installed"),
            Finding.ok("tools", "node is not installed")),
        new ToolsCheck(".:\0:" + folder).look());
  }

  @Nested
  class Program {

    @Test
    void isWholeAndHasAFreshCache() throws IOException {
      var cache = build();

      assertEquals(
          List.of(
              Finding.ok("program", "built in " + folder),
              Finding.ok("program", "AOT cache " + cache)),
          new InstallationCheck(folder, List.of("-Xshare:auto", "-XX:AOTCache=" + cache)).look());
    }

    @Test
    void hasACacheOlderThanItsJarsOrNone() throws IOException {
      var cache = build();
      Files.setLastModifiedTime(cache, FileTime.fromMillis(1));

      assertEquals(
          "the AOT cache " + cache + " is older than the jars",
          new InstallationCheck(folder, List.of("-XX:AOTCache=" + cache)).look().getLast().what());
      Files.delete(cache);
      assertEquals(
          "the AOT cache " + cache + " is missing",
          new InstallationCheck(folder, List.of("-XX:AOTCache=" + cache)).look().getLast().what());
      assertEquals(
          "started without an AOT cache",
          new InstallationCheck(folder, List.of()).look().getLast().what());
    }

    @Test
    void lacksJars() throws IOException {
      Files.createDirectories(folder.resolve("lib"));

      assertEquals(
          List.of(
              Finding.fail("program", folder + "/lib holds no jars", "build mimo anew."),
              Finding.fail("program", folder + "/script-engine holds no jars", "build mimo anew.")),
          new InstallationCheck(folder, List.of()).look().subList(0, 2));
    }

    private Path build() throws IOException {
      for (var name : List.of("lib", "script-engine")) {
        var jar = Files.createDirectories(folder.resolve(name)).resolve("a.jar");
        Files.setLastModifiedTime(Files.createFile(jar), FileTime.fromMillis(1_000_000));
      }
      return Files.createFile(folder.resolve("main.aot"));
    }
  }

  @Nested
  class Config {

    @Test
    void isReadAndItsVainPartsAreTold() throws IOException {
      write("{\"model\": \"a/1\", \"theme\": 1}");

      var check = check();

      assertEquals(
          List.of(
              Finding.ok("config", "1 values, see mimo config"),
              Finding.warn(
                  "config",
                  "ignored: theme (user file "
                      + folder.resolve(".config/mimocode/mimocode.json")
                      + ":1); mimo does not implement it yet",
                  "remove what has no effect.")),
          check.look());
      assertEquals("a/1", check.readable().model());
    }

    @Test
    void isWrongAtAPlace() throws IOException {
      write("{");

      var check = check();

      assertEquals(
          List.of(
              Finding.fail(
                  "config",
                  folder.resolve(".config/mimocode/mimocode.json")
                      + ":1:1: this object is never closed",
                  "correct the place named.")),
          check.look());
      assertEquals(Configuration.EMPTY, check.readable());
    }

    private ConfigurationCheck check() {
      return new ConfigurationCheck(
          new ConfigurationFiles(Folders.of(Map.of(), folder), Map.of(), folder));
    }

    private void write(String text) throws IOException {
      var config = Files.createDirectories(folder.resolve(".config/mimocode"));
      Files.writeString(config.resolve("mimocode.json"), text);
    }
  }

  @Nested
  class TerminalAndNames {

    @Test
    void areColourfulAndUtf8() {
      var terminal = new TestStreams().terminal(Channel.PIPE, Channel.TERMINAL);
      var environment = Map.of("TERM", "xterm");

      assertEquals(
          List.of(
              Finding.ok("terminal", "colours, 80 columns, TERM xterm"),
              Finding.ok("terminal", "file names are UTF-8")),
          new TerminalCheck(terminal, environment, () -> WindowSize.USUAL, StandardCharsets.UTF_8)
              .look());
    }

    @Test
    void areNoTerminalAndAscii() {
      var terminal = new TestStreams().terminal(Channel.PIPE, Channel.PIPE);

      var findings =
          new TerminalCheck(terminal, Map.of(), () -> WindowSize.USUAL, StandardCharsets.US_ASCII)
              .look();

      assertEquals(
          List.of(
              Finding.ok(
                  "terminal", "standard error is no terminal: no colours, progress as lines"),
              Finding.warn(
                  "terminal",
                  "file names are US-ASCII: a name with other characters cannot be opened",
                  "set LC_CTYPE to a UTF-8 locale, for example C.UTF-8.")),
          findings);
    }

    @Test
    void haveNoColoursWhereTheUserDeclines() {
      var terminal = new TestStreams().terminal(Channel.PIPE, Channel.TERMINAL);
      var environment = Map.of("NO_COLOR", "1");

      assertEquals(
          "no colours, 80 columns, TERM is not set",
          new TerminalCheck(terminal, environment, () -> WindowSize.USUAL, StandardCharsets.UTF_8)
              .look()
              .getFirst()
              .what());
    }
  }

  @Nested
  class Sandboxes {

    @Test
    void confinedByTheSystemAreFine() throws Exception {
      var findings = look(new OneSandbox("process+os", new Compilation.Compiled("{}")), "");

      assertEquals(
          List.of(
              Finding.ok(
                  "sandbox",
                  "process+os: a worker starts, in namespaces of its own and without network")),
          findings);
    }

    /// S30: without a process namespace, root has no wall left.
    @Test
    void ofRootWithoutANamespaceAreReported() throws Exception {
      var worker = new OneSandbox("process-only", new Compilation.Compiled("{}"));

      assertEquals(1, look(worker, "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\n").size());
      var findings = look(worker, "Name:\tjava\nUid:\t0\t0\t0\t0\n");

      assertTrue(findings.getFirst().what().startsWith("process-only: "), findings.toString());
      assertEquals(
          new Finding(
              "sandbox",
              Verdict.WARN,
              "mimo runs as root without a process namespace: nothing shields its keys from other"
                  + " processes of root",
              "run mimo as a user of its own."),
          findings.getLast());
    }

    @Test
    void reallyCompileAScript() throws Exception {
      var check =
          new SandboxCheck(
              () -> new InlineSandbox(SandboxLimits.defaults()), folder.resolve("missing"));

      assertEquals(List.of(Verdict.WARN), check.look().stream().map(Finding::verdict).toList());
    }

    @Test
    void thatRefuseAScriptOrDoNotStartFail() throws Exception {
      var fault = new ScriptFault("script_invalid", "SyntaxError", "no", 1, 1, "");

      var refused =
          look(new OneSandbox("process+os", new Compilation.Rejected(List.of(fault))), "");
      var dead =
          new SandboxCheck(
                  () -> {
                    throw new SandboxException("sandbox_unavailable", "no Java");
                  },
                  folder)
              .look();

      assertEquals(Verdict.FAIL, refused.getFirst().verdict());
      assertEquals("scripts cannot run: no Java", dead.getFirst().what());
    }

    private List<Finding> look(Sandbox worker, String status) throws Exception {
      var file = Files.writeString(folder.resolve("status"), status);
      return new SandboxCheck(() -> worker, file).look();
    }
  }

  @Nested
  class Commands {

    private static final Unconfined NONE = new Unconfined(null);

    @Test
    void behindWallsThatHoldAreWell() throws Exception {
      var look = look(new ChosenConfinement(NONE, Standing.CONFINED, ""), List.of(), List.of());

      assertEquals(
          List.of(
              Finding.ok(
                  "commands",
                  "none: a write outside the workspace, a look into the home and a connection are"
                      + " refused")),
          look);
    }

    @Test
    void behindWallsThatLetSomethingThroughFail() throws Exception {
      var faults = List.of("a connection was made");

      var look = look(new ChosenConfinement(NONE, Standing.CONFINED, ""), faults, List.of());

      assertEquals(Verdict.FAIL, look.getFirst().verdict());
      assertEquals("the sandbox does not hold: a connection was made", look.getFirst().what());
    }

    @Test
    void withoutWallsWarnWithTheReason() throws Exception {
      var why = "bubblewrap is not installed";
      var missing =
          look(new ChosenConfinement(NONE, Standing.UNAVAILABLE, why), List.of(), List.of("X no"));
      var off = look(ChosenConfinement.switchedOff(NONE), List.of(), List.of());

      assertEquals("commands of agents cannot be walled in: " + why, missing.getFirst().what());
      assertEquals(
          Finding.warn("commands", "X no", "take it out of sandbox.environment."),
          missing.getLast());
      assertEquals(Verdict.WARN, off.getFirst().verdict());
    }

    private List<Finding> look(ChosenConfinement walls, List<String> faults, List<String> refused)
        throws Exception {
      return new CommandsCheck(() -> new CommandsCheck.Found(walls, faults, refused)).look();
    }
  }

  /// A worker that says one thing.
  private record OneSandbox(String confinement, Compilation compilation) implements Sandbox {

    @Override
    public Compilation compile(ScriptSource source, ImportedFiles files, ErasedTexts texts) {
      return compilation;
    }

    @Override
    public Guest start(GuestLaunch launch) {
      throw new AssertionError("a check-up runs no script");
    }

    @Override
    public Sandbox nested() {
      throw new AssertionError("a check-up runs no script");
    }

    @Override
    public void close() {}
  }
}
