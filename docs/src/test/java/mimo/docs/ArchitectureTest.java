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
  private static final int CLASSES_AT_LEAST = 90;

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
              "mimo.engine.journal..",
              "mimo.sandbox.protocol",
              "mimo.compose..",
              "mimo.agent..",
              "mimo.cli.."),
          library(
              "jackson-databind",
              "com.fasterxml.jackson.",
              "mimo.engine.journal..",
              "mimo.compose..",
              "mimo.agent..",
              "mimo.cli.."),
          library("json-schema-validator", "com.networknt.", "mimo.compose..", "mimo.agent.."),
          library("okhttp", "okhttp3.", "mimo.agent.provider.http", "mimo.agent.mcp"),
          library("okio", "okio.", "mimo.agent.provider.http", "mimo.agent.mcp"),
          library(
              "re2j",
              "com.google.re2j.",
              "mimo.engine.redaction",
              "mimo.compose..",
              "mimo.agent.."),
          library(
              "sqlite-jdbc",
              List.of("org.sqlite.", "java.sql.", "javax.sql."),
              "mimo.engine.journal.sqlite",
              "mimo.agent.memory.index"),
          library("GraalJS", List.of("org.graalvm.", "com.oracle."), "mimo.sandbox.graal"),
          library("picocli", "picocli.", "mimo.cli.."),
          library("JLine", "org.jline.", "mimo.cli.terminal"),
          library("commonmark", "org.commonmark.", "mimo.cli.terminal"),
          library("the JDK's crypto", "javax.crypto.", "mimo.engine.redaction"),
          library("the JDK's TLS", "javax.net.ssl.", "mimo.agent.provider.."));

  private static final List<Door> DOORS =
      List.of(
          new Door(
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
              places("mimo.cli..", "mimo.sandbox.worker.WorkerMain")),
          new Door(
              "ending the process",
              List.of(
                  "java.lang.System#exit",
                  "java.lang.Runtime#exit",
                  "java.lang.Runtime#halt",
                  "java.lang.Runtime#addShutdownHook"),
              places("mimo.cli..", "mimo.sandbox.worker.WorkerMain")),
          new Door(
              "reading the environment", List.of("java.lang.System#getenv"), places("mimo.cli..")));

  /// Static fields that look mutable, each with the reason for which it may stay.
  private static final Map<String, String> STATIC_FIELDS_THAT_MAY_STAY = Map.of();

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
    var friends = places("mimo.sandbox.worker", "mimo.sandbox.InlineSandbox");

    Findings.assertNone(Walls.around(guarded, friends, CLASSES));
  }

  @Test
  void onlyTheCommandLineSpeaksExitsAndReadsTheEnvironment() {
    Findings.assertNone(Doors.usedElsewhere(CLASSES, DOORS));
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

  private static List<Place> places(String... texts) {
    return List.of(texts).stream().map(Place::new).toList();
  }
}
