package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.docs.Doors.Door;
import org.junit.jupiter.api.Test;

/// Shows the doors what must not go through them.
final class DoorsTest {

  private static final Door TERMINAL =
      new Door("speaking", List.of("java.lang.System#out"), List.of(new Place("mimo.cli..")));

  private static final Door FILES =
      new Door(
          "files",
          List.of("java.nio.file.Files#*", "java.io.File*#*"),
          List.of(new Place("mimo.agent.file"), new Place("mimo.engine.Locks")));

  @Test
  void catchesAClassThatPrintsOutsideItsPlace() {
    var classes =
        Specimens.compile(
            "package mimo.cli.terminal; class Right { void f() { System.out.println(); } }",
            "package mimo.engine; class Wrong { Runnable f = () -> System.out.println(); }");

    assertEquals(
        List.of("mimo.engine.Wrong uses java.lang.System#out: speaking belongs to [mimo.cli..]"),
        Doors.usedElsewhere(classes, List.of(TERMINAL)));
  }

  @Test
  void catchesEveryMemberOfAClassAndEveryClassOfAPrefix() {
    var classes =
        Specimens.compile(
            "package mimo.engine; class Locks {"
                + " class Inner { Object f = new java.io.File(\"\"); } }",
            "package mimo.engine; class Wrong { boolean f(java.nio.file.Path p) throws Exception {"
                + " return java.nio.file.Files.exists(p)"
                + " || new java.io.FileReader(\"\").ready(); } }");

    assertEquals(
        List.of(
            "mimo.engine.Wrong uses java.io.FileReader#<init>: files belongs to"
                + " [mimo.agent.file, mimo.engine.Locks]",
            "mimo.engine.Wrong uses java.io.FileReader#ready: files belongs to"
                + " [mimo.agent.file, mimo.engine.Locks]",
            "mimo.engine.Wrong uses java.nio.file.Files#exists: files belongs to"
                + " [mimo.agent.file, mimo.engine.Locks]"),
        Doors.usedElsewhere(classes, List.of(FILES)));
  }

  @Test
  void namesAPlaceThatNoLongerNeedsItsDoor() {
    var classes =
        Specimens.compile(
            "package mimo.engine; class Locks { Object f = new java.io.File(\"\"); }");

    assertEquals(
        List.of("files: mimo.agent.file makes no use of it; drop it here"),
        Doors.unused(classes, List.of(FILES)));
  }
}
