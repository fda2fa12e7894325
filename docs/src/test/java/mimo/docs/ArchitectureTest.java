package mimo.docs;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.docs.Doors.Door;
import mimo.docs.Walls.Library;
import org.junit.jupiter.api.Test;

/// Holds the compiled code to the plan in ARCHITECTURE.md. The tables below are the plan; a change
/// of one is a decision and belongs into the same commit as its reason.
final class ArchitectureTest {

  /// Fewer classes than this were not looked at but missed. Raise it as the code grows.
  private static final int CLASSES_AT_LEAST = 550;

  /// Which room (by its root package) may see which others.
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          entry("mimo.engine", Set.of()),
          entry("mimo.sandbox", Set.of()),
          entry("mimo.compose", Set.of("mimo.engine", "mimo.sandbox")),
          entry("mimo.agent", Set.of("mimo.engine")),
          entry("mimo.workflows", Set.of("mimo.compose")),
          entry(
              "mimo.cli",
              Set.of(
                  "mimo.engine", "mimo.sandbox", "mimo.compose", "mimo.agent", "mimo.workflows")));

  private static final List<Library> LIBRARIES =
      List.of(
          library("jspecify", "org.jspecify.", "mimo.."),
          library(
              "jackson-core",
              "com.fasterxml.jackson.core.",
              "mimo.engine.archive",
              "mimo.engine.journal..",
              "mimo.engine.redaction",
              "mimo.engine.Divergence",
              "mimo.engine.reuse.Likeness",
              "mimo.sandbox..",
              "mimo.compose..",
              "mimo.agent..",
              "mimo.cli.."),
          library(
              "jackson-databind",
              "com.fasterxml.jackson.",
              "mimo.engine.journal..",
              "mimo.engine.Divergence",
              "mimo.engine.reuse.Likeness",
              "mimo.compose..",
              "mimo.agent..",
              "mimo.cli.run",
              "mimo.cli.chat.ToolWords",
              "mimo.cli.grant.RunGrants",
              "mimo.cli.mcp",
              "mimo.cli.terminal.GateWords",
              "mimo.cli.terminal.ReuseWords"),
          library("json-schema-validator", "com.networknt.", "mimo.compose", "mimo.agent.output"),
          library(
              "okhttp",
              "okhttp3.",
              "mimo.agent.provider.http",
              "mimo.agent.mcp.transport",
              "mimo.agent.web"),
          library("jsoup", "org.jsoup.", "mimo.agent.web"),
          library("okio", "okio.", "mimo.agent.provider.http", "mimo.agent.mcp.transport"),
          library("re2j", "com.google.re2j.", "mimo.engine.redaction", "mimo.agent.."),
          library(
              "sqlite-jdbc",
              List.of("org.sqlite.", "java.sql.", "javax.sql."),
              "mimo.engine.journal.sqlite",
              "mimo.agent.memory.index"),
          library("GraalJS's parser", "com.oracle.js.", "mimo.sandbox.compile"),
          library(
              "the engine's frames and texts",
              "com.oracle.truffle.",
              "mimo.sandbox.graal",
              "mimo.sandbox.compile"),
          library("GraalJS", "org.graalvm.", "mimo.sandbox.graal"),
          library("commonmark", "org.commonmark.", "mimo.cli.terminal.markdown"),
          library("jline", "org.jline.", "mimo.cli.terminal.TextWidth", "mimo.cli.terminal.keys"),
          library("picocli", "picocli.", "mimo.cli.MimoCommand", "mimo.cli.command.."),
          library("the JDK's crypto", "javax.crypto.", "mimo.engine.redaction"),
          library("the JDK's socket factory", "javax.net.SocketFactory", "mimo.agent.web"),
          library("the JDK's TLS", "javax.net.ssl.", "mimo.agent.provider.wire"),
          library("the JDK's HTTP server", "com.sun.net.httpserver.", "mimo.cli.install"));

  private static final List<Door> DOORS =
      List.of(
          door(
              "speaking to the terminal",
              List.of(
                  "java.lang.System#out",
                  "java.lang.System#err",
                  "java.lang.System#in",
                  "java.lang.System#setOut",
                  "java.lang.System#setErr",
                  "java.lang.System#setIn",
                  "java.lang.System#console",
                  "java.lang.IO#*",
                  "java.io.FileDescriptor#in",
                  "java.io.FileDescriptor#out",
                  "java.io.FileDescriptor#err"),
              "mimo.cli..",
              "mimo.sandbox.worker.WorkerMain"),
          door(
              "ending the process",
              List.of(
                  "java.lang.System#exit",
                  "java.lang.Runtime#exit",
                  "java.lang.Runtime#halt",
                  "java.lang.Runtime#addShutdownHook"),
              "mimo.cli..",
              "mimo.sandbox.worker.WorkerMain"),
          door("reading the environment", List.of("java.lang.System#getenv"), "mimo.cli.."),
          door(
              "files",
              List.of(
                  "java.nio.file.Files#*",
                  "java.nio.file.FileSystems#*",
                  "java.nio.channels.FileChannel#*",
                  "java.nio.channels.AsynchronousFileChannel#*",
                  "java.io.File#*",
                  "java.io.FileInputStream#*",
                  "java.io.FileOutputStream#*",
                  "java.io.FileReader#*",
                  "java.io.FileWriter#*",
                  "java.io.RandomAccessFile#*",
                  "java.util.zip.ZipFile#*",
                  "java.util.jar.JarFile#*"),
              "mimo.engine.journal.sqlite.StoreFiles",
              "mimo.engine.journal.sqlite.SqliteLibrary",
              "mimo.engine.journal.sqlite.StoreCheckup",
              "mimo.engine.journal.sqlite.RunLocks",
              "mimo.engine.journal.sqlite.Owner",
              "mimo.sandbox.SandboxProcess",
              "mimo.sandbox.ProcessStatus",
              "mimo.sandbox.WorkerCommand",
              "mimo.sandbox.WorkerLauncher",
              "mimo.sandbox.worker.WorkerMain",
              "mimo.agent.file.PathGuard",
              "mimo.agent.command.Bubblewrap",
              "mimo.agent.command.GitLink",
              "mimo.agent.command.GitNames",
              "mimo.agent.command.Guard",
              "mimo.agent.command.GuardedNames",
              "mimo.agent.command.KeptLinks",
              "mimo.agent.command.MountPoints",
              "mimo.agent.command.ProcessStarter",
              "mimo.agent.command.StagedRepositories",
              "mimo.agent.command.ProcessTree",
              "mimo.agent.command.RunningCommand",
              "mimo.agent.command.SandboxArguments",
              "mimo.agent.command.SandboxProof",
              "mimo.agent.command.SandboxedCommand",
              "mimo.agent.command.ScratchFolders",
              "mimo.agent.command.SystemFolders",
              "mimo.agent.command.ToolchainCaches",
              "mimo.agent.command.TrustedPrograms",
              "mimo.agent.snapshot",
              // Where links lead, before a rule is held against a path; no file is read.
              "mimo.agent.permission.Targets",
              // What is to be hidden from commands, found by name; no file is read.
              "mimo.agent.permission.DeniedFiles",
              // The user's answers, in the user's data.
              "mimo.agent.permission.GrantFile",
              "mimo.agent.mcp.PinFiles",
              "mimo.agent.file.FileLocks",
              "mimo.agent.file.HeldFile",
              "mimo.agent.file.NewFolders",
              // Tests as they were when a goal was set.
              "mimo.agent.goal.Originals",
              "mimo.agent.goal.TreeCopy",
              "mimo.agent.goal.TreeRemoval",
              "mimo.agent.goal.UsersChecks",
              "mimo.agent.memory.DurableFile",
              "mimo.agent.memory.Exchange",
              "mimo.agent.memory.Memory",
              "mimo.agent.memory.MemoryLayout",
              "mimo.agent.memory.MemoryLock",
              "mimo.agent.memory.MemoryLog",
              "mimo.agent.memory.MemorySearch",
              "mimo.agent.memory.MemoryWriter",
              "mimo.agent.memory.OwnFiles",
              // Makes the user's folder; what lies in it goes through the guard of paths.
              "mimo.agent.proposal.DraftFiles",
              // Makes, moves and removes the index's file; only SQLite opens it.
              "mimo.agent.memory.index.IndexFile",
              "mimo.agent.tool.SpillFile",
              "mimo.agent.tool.SpillFiles",
              "mimo.cli.ServerPrograms",
              "mimo.cli.StandardOutput",
              "mimo.cli.Main",
              "mimo.cli.command.checkpoint.CheckpointDesk",
              "mimo.cli.WallsOnTrial",
              "mimo.cli.Installation",
              "mimo.cli.ModelSettings",
              "mimo.cli.command.Document",
              "mimo.cli.run.ErasedFolder",
              "mimo.cli.run.RunFiles",
              "mimo.cli.run.WholeFile",
              "mimo.cli.script",
              // Keys of providers, in the user's data.
              "mimo.cli.auth",
              "mimo.cli.config",
              "mimo.cli.daemon",
              "mimo.cli.install",
              "mimo.cli.memory.Editor",
              "mimo.cli.mcp.ServerFiles",
              "mimo.cli.trust",
              "mimo.cli.extension",
              "mimo.cli.doctor"),
          door(
              "processes",
              List.of(
                  "java.lang.ProcessBuilder#*",
                  "java.lang.Process#*",
                  "java.lang.ProcessHandle#*",
                  "java.lang.Runtime#exec"),
              "mimo.engine.journal.sqlite.Owner",
              "mimo.sandbox.ProcessStatus",
              "mimo.sandbox.Watchdog",
              "mimo.sandbox.WorkerProcess",
              "mimo.agent.command.Bubblewrap",
              "mimo.agent.command.Commands",
              "mimo.agent.command.Dialogue",
              "mimo.agent.command.GitCommand",
              "mimo.agent.command.PipedStreams",
              "mimo.agent.command.ProcessStarter",
              "mimo.agent.command.ProcessTree",
              "mimo.agent.command.RunningCommand",
              "mimo.agent.command.ScratchFolders",
              "mimo.cli.TerminalWindow",
              "mimo.cli.terminal.TerminalEcho",
              "mimo.cli.daemon",
              "mimo.cli.install.Training",
              // The editor the user has chosen.
              "mimo.cli.memory.Editor"),
          door(
              "the network",
              List.of(
                  "java.net.Socket#*",
                  "java.net.ServerSocket#*",
                  "java.net.DatagramSocket#*",
                  "java.net.InetAddress#*",
                  "java.net.URL#openConnection",
                  "java.net.URL#openStream",
                  "java.net.http.*#*",
                  "java.nio.channels.SocketChannel#*",
                  "java.nio.channels.ServerSocketChannel#*",
                  "java.nio.channels.DatagramChannel#*",
                  "java.nio.channels.AsynchronousSocketChannel#*",
                  "okhttp3.*#*"),
              "mimo.agent.provider.http",
              "mimo.agent.mcp.transport",
              "mimo.agent.web",
              "mimo.agent.provider.catalog.LoopbackProbe",
              // A server of a moment on this machine: no sandboxed command may reach it.
              "mimo.agent.command.SandboxProof",
              "mimo.cli.install.RehearsalModel"),
          door(
              "the wall clock and true randomness",
              List.of(
                  "java.time.Instant#now",
                  "java.time.LocalDate#now",
                  "java.time.LocalDateTime#now",
                  "java.time.ZonedDateTime#now",
                  "java.time.InstantSource#system",
                  "java.time.Clock#systemUTC",
                  "java.time.Clock#systemDefaultZone",
                  "java.lang.System#currentTimeMillis",
                  "java.lang.Math#random",
                  "java.util.UUID#randomUUID",
                  "java.util.concurrent.ThreadLocalRandom#current",
                  "java.util.random.RandomGenerator#getDefault",
                  "java.util.random.RandomGenerator#of",
                  "java.util.Random#<init>",
                  "java.security.SecureRandom#<init>"),
              "mimo.engine.journal.sqlite.SqliteJournal",
              "mimo.cli.."),
          door("sleeping", List.of("java.lang.Thread#sleep"), "mimo.engine.Engine", "mimo.cli.."));

  /// Static fields that look mutable, each with the reason for which it may stay.
  private static final Map<String, String> STATIC_FIELDS_THAT_MAY_STAY =
      Map.of(
          "mimo.engine.journal.sqlite.Seal#START",
          "the hash before the first entry; only digests read it",
          "mimo.agent.memory.MemoryLock#OF_PROCESS",
          "POSIX has file locks by process, so one place by process has to know them");

  private static final List<CompiledClass> CLASSES = CompiledRooms.readAll(Repository.here());

  @Test
  void sawAllTheClasses() {
    assertTrue(
        CLASSES.size() >= CLASSES_AT_LEAST,
        "saw only " + CLASSES.size() + " classes, expected at least " + CLASSES_AT_LEAST);
  }

  @Test
  void roomsSeeOnlyTheRoomsTheyMay() {
    Findings.assertNone(Walls.betweenRooms(CLASSES, ROOMS));
  }

  @Test
  void librariesStayInTheirPackages() {
    Findings.assertNone(Walls.aroundLibraries(CLASSES, LIBRARIES));
  }

  @Test
  void siblingPackagesFormNoCircle() {
    Findings.assertNone(Walls.circles(CLASSES));
  }

  @Test
  void onlyTheWorkerAndTheInlineModeSeeTheInterpreter() {
    var guarded = new Place("mimo.sandbox.graal");
    var friends =
        places("mimo.sandbox.worker", "mimo.sandbox.InlineSandbox", "mimo.sandbox.InlineRealm");

    Findings.assertNone(Walls.around(guarded, friends, CLASSES));
  }

  @Test
  void effectsGoThroughTheirDoors() {
    Findings.assertNone(Doors.usedElsewhere(CLASSES, DOORS));
  }

  @Test
  void theTablesAreNoWiderThanTheCode() {
    Findings.assertNone(Walls.unused(CLASSES, LIBRARIES));
    Findings.assertNone(Doors.unused(CLASSES, DOORS));
  }

  @Test
  void noStaticFieldHoldsState() {
    Findings.assertNone(StaticState.find(CLASSES, STATIC_FIELDS_THAT_MAY_STAY));
  }

  private static Library library(String name, String prefix, String... places) {
    return library(name, List.of(prefix), places);
  }

  private static Library library(String name, List<String> prefixes, String... places) {
    return new Library(name, prefixes, places(places));
  }

  private static Door door(String name, List<String> members, String... places) {
    return new Door(name, members, places(places));
  }

  private static List<Place> places(String... texts) {
    return List.of(texts).stream().map(Place::new).toList();
  }
}
