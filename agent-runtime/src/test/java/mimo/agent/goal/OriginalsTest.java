package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mimo.agent.GoalLimits;
import mimo.agent.file.PathGuard;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.By;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Tests;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests as they were when a goal was set, and a workspace in which they are so again (G9, S83).
final class OriginalsTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;
  private Path work;
  private Path elsewhere;
  private Path scratch;
  private PathGuard guard;
  private Originals originals;

  @BeforeEach
  void make() throws IOException {
    var real = folder.toRealPath();
    work = Files.createDirectories(real.resolve("work"));
    elsewhere = Files.createDirectories(real.resolve("elsewhere"));
    scratch = real.resolve("own/scratch");
    guard = PathGuard.over(work);
    originals = new Originals(real.resolve("own/kept"), scratch, () -> NOW);
  }

  private Path file(String name, String text) throws IOException {
    var file = work.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private GoalFact.Set set(Check... checks) throws Exception {
    var guarded = new GuardedFiles(guard).now(List.of(checks), CancellationToken.never());
    var copy = originals.keep(guard, guarded);
    return new GoalFact.Set("c", List.of(checks), By.USER, Tests.GUARDED, 12, guarded, copy);
  }

  private List<Change> changes(GoalFact.Set set) throws Exception {
    return new GuardedFiles(guard).changes(set.guarded(), set.checks(), CancellationToken.never());
  }

  private Originals.Restored restored(GoalFact.Set set) throws Exception {
    return originals.restore(guard, set, changes(set));
  }

  private static Set<String> names(Path of) throws IOException {
    try (var all = Files.walk(of)) {
      var names = new TreeSet<String>();
      all.filter(path -> !path.equals(of)).forEach(path -> names.add(of.relativize(path) + ""));
      return names;
    }
  }

  @Test
  void nothingIsWrittenThroughALinkAnAgentHasPutInTheTestsPlaceG9() throws Exception {
    file("tests/authorized_keys", "mine");
    var set = set();
    Files.delete(work.resolve("tests/authorized_keys"));
    Files.delete(work.resolve("tests"));
    Files.createSymbolicLink(work.resolve("tests"), elsewhere);

    try (var restored = restored(set)) {
      assertEquals("mine", Files.readString(restored.folder().resolve("tests/authorized_keys")));
    }

    assertEquals(Set.of(), names(elsewhere));
    assertTrue(Files.isSymbolicLink(work.resolve("tests")), "the workspace stays as it is");
  }

  @Test
  void nothingIsRemovedThroughALinkThatCameInBetweenG9() throws Exception {
    file("tests/a_test.py", "strict");
    var set = set();
    file("sub/conftest.py", "added");
    var changes = changes(set);
    Files.writeString(elsewhere.resolve("conftest.py"), "theirs");
    Files.delete(work.resolve("sub/conftest.py"));
    Files.delete(work.resolve("sub"));
    Files.createSymbolicLink(work.resolve("sub"), elsewhere);

    originals.restore(guard, set, changes).close();

    assertEquals(List.of(new Change("sub/conftest.py", Change.Kind.ADDED)), changes);
    assertEquals("theirs", Files.readString(elsewhere.resolve("conftest.py")));
  }

  @Test
  void testsThatAreMadeOneFileByALinkAreTwoAgainG9() throws Exception {
    file("tests/a_test.py", "a");
    file("tests/b_test.py", "b");
    var set = set();
    Files.delete(work.resolve("tests/a_test.py"));
    Files.writeString(work.resolve("tests/b_test.py"), "a");
    Files.createSymbolicLink(work.resolve("tests/a_test.py"), Path.of("b_test.py"));

    try (var restored = restored(set)) {
      assertEquals("a", Files.readString(restored.folder().resolve("tests/a_test.py")));
      assertEquals("b", Files.readString(restored.folder().resolve("tests/b_test.py")));
    }
  }

  @Test
  void aGuardedFileThatIsALinkIsKeptByWhatItHoldsG9() throws Exception {
    file("real/package.json", "{}");
    Files.createSymbolicLink(work.resolve("package.json"), Path.of("real/package.json"));
    file("tests/a_test.py", "strict");
    var set = set();
    file("tests/a_test.py", "weak");

    try (var restored = restored(set)) {
      assertEquals("strict", Files.readString(restored.folder().resolve("tests/a_test.py")));
      assertTrue(Files.isSymbolicLink(restored.folder().resolve("package.json")));
    }
  }

  @Test
  void aScriptThatIsPutBackCanStillBeRunG9() throws Exception {
    var script = file("check.sh", "strict");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    var set = set(new Check.Command("./check.sh", 0));
    Files.delete(script);

    try (var restored = restored(set)) {
      assertTrue(Files.isExecutable(restored.folder().resolve("check.sh")));
    }
  }

  @Test
  void mimosOwnStoreIsNotOpenedForTheCopyD16() throws Exception {
    file("data/mimocode.db", "held by locks");
    file("tests/a_test.py", "strict");
    guard = guard.without(work.resolve("data"));
    var set = set();

    try (var restored = restored(set)) {
      assertEquals(Set.of("tests", "tests/a_test.py"), names(restored.folder()));
    }
  }

  @Test
  void aCopyThatAKilledProcessHasLeftIsSweptG9() throws Exception {
    var left = Files.createDirectories(scratch.resolve("goal-1/deep"));
    Files.writeString(left.resolve("file"), "2 GB");
    var beyond = Duration.ofHours(GoalLimits.TREE_HOURS).plusSeconds(1);
    Files.setLastModifiedTime(scratch.resolve("goal-1"), FileTime.from(NOW.minus(beyond)));
    Files.createDirectories(scratch.resolve("goal-2"));
    Files.setLastModifiedTime(scratch.resolve("goal-2"), FileTime.from(NOW));

    originals.sweep();

    assertEquals(Set.of("goal-2"), names(scratch));
  }
}
