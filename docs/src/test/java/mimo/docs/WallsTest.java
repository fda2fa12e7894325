package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.docs.Walls.Library;
import org.junit.jupiter.api.Test;

/// Shows each wall something that breaks it; a wall that lets it pass protects nothing.
final class WallsTest {

  @Test
  void catchesARoomThatLooksIntoAnother() {
    var classes =
        Specimens.compile(
            "package mimo.engine; public class Run {}",
            "package mimo.agent; class Loop { java.util.List<mimo.engine.Run> runs; }");
    var rooms = Map.of("mimo.engine", Set.<String>of(), "mimo.agent", Set.<String>of());

    assertEquals(
        List.of("mimo.agent.Loop names mimo.engine.Run: mimo.agent must not see mimo.engine"),
        Walls.betweenRooms(classes, rooms));
  }

  @Test
  void catchesALibraryOutsideItsPackage() {
    var table =
        List.of(
            new Library(
                "sqlite", List.of("java.sql."), List.of(new Place("mimo.engine.journal.sqlite"))));
    var classes =
        Specimens.compile(
            "package mimo.engine.journal.sqlite; class Rows { java.sql.ResultSet rows; }",
            "package mimo.agent; class Query { java.sql.ResultSet rows; }");

    assertEquals(
        List.of(
            "mimo.agent.Query names java.sql.ResultSet: sqlite stays in"
                + " [mimo.engine.journal.sqlite]"),
        Walls.aroundLibraries(classes, table));
  }

  @Test
  void catchesALibraryNobodyDecidedOn() {
    var classes = Specimens.compile("package mimo.agent; class Tree { javax.swing.JTree tree; }");

    assertEquals(
        List.of("mimo.agent.Tree names javax.swing.JTree: no row of the library table has it"),
        Walls.aroundLibraries(classes, List.of()));
  }

  @Test
  void catchesAStrangerBehindAGuardedPackage() {
    var classes =
        Specimens.compile(
            "package mimo.sandbox.graal; public class GuestEngine {}",
            "package mimo.sandbox.worker; class Worker { mimo.sandbox.graal.GuestEngine e; }",
            "package mimo.sandbox; class Peek { mimo.sandbox.graal.GuestEngine e; }");
    var friends = List.of(new Place("mimo.sandbox.worker"));

    assertEquals(
        List.of(
            "mimo.sandbox.Peek names mimo.sandbox.graal.GuestEngine, inside mimo.sandbox.graal"),
        Walls.around(new Place("mimo.sandbox.graal"), friends, classes));
  }

  @Test
  void catchesACircleBetweenSiblingsAndSparesAParentAndItsChild() {
    var classes =
        Specimens.compile(
            "package mimo.agent.tool; public class Tool { mimo.agent.memory.index.Row row; }",
            "package mimo.agent.memory; public class Memory { mimo.agent.tool.Tool tool;"
                + " mimo.agent.memory.index.Row row; }",
            "package mimo.agent.memory.index; public class Row { mimo.agent.memory.Memory m; }");

    assertEquals(
        List.of("mimo.agent.memory -> mimo.agent.tool -> mimo.agent.memory"),
        Walls.circles(classes));
  }
}
