package mimo.cli.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.OneBuiltin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which script a name means (L17–L19).
final class ScriptsTest {

  @TempDir Path root;

  private Path repository;
  private Path here;

  @BeforeEach
  void standsInARepository() throws IOException {
    repository = root.resolve("repository");
    here = Files.createDirectories(repository.resolve("a/b"));
    Files.createDirectory(repository.resolve(".git"));
  }

  private Scripts scripts(Admission admission) {
    return new Scripts(here, root.resolve("own"), new OneBuiltin(), admission);
  }

  private Path write(String path, String name) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file, "export const meta = {name: '%s', description: 'of %s'};\n".formatted(name, path));
  }

  private String found(String name) {
    return root.relativize(Path.of(scripts(Admissions.TRUSTING).find(name).location())).toString();
  }

  @Test
  void theNearestProjectThenClaudeThenUserThenBuiltIn() throws IOException { // L17, C15
    for (var path :
        List.of(
            "own/repo-map.js",
            "repository/.claude/workflows/repo-map.js",
            "repository/a/.claude/workflows/repo-map.js",
            "repository/.mimocode/workflows/repo-map.js",
            "repository/a/b/.mimocode/workflows/repo-map.js")) {
      assertEquals(
          path.startsWith("own") ? "builtin" : "file",
          scripts(Admissions.TRUSTING).find("repo-map").location().startsWith("builtin")
              ? "builtin"
              : "file");

      write(path, "x");

      assertEquals(path, found("repo-map"));
    }
  }

  @Test
  void endingsCountInTheirOrder() throws IOException { // L17
    for (var path : List.of("own/x.ts", "own/x.mjs", "own/x.js")) {
      write(path, "x");

      assertEquals(path, found("x"));
    }
  }

  @Test
  void aRepositoryNamesNothingThatLiesElsewhere() throws IOException { // L14, L19
    var elsewhere = write("elsewhere/x.js", "elsewhere");
    var shared = write("repository/shared/y.js", "y");
    var folder = Files.createDirectories(here.resolve(".mimocode/workflows"));
    Files.createSymbolicLink(folder.resolve("x.js"), elsewhere);
    Files.createSymbolicLink(folder.resolve("y.js"), shared);
    Files.createDirectories(root.resolve("own"));
    Files.createSymbolicLink(root.resolve("own/z.js"), elsewhere);

    assertThrows(CommandException.class, () -> found("x"));
    assertEquals("repository/a/b/.mimocode/workflows/y.js", found("y"));
    assertEquals("own/z.js", found("z"));
  }

  @Test
  void aTitleShadowsTheFilesOfFoldersBehindIt() throws IOException { // L18
    write("repository/.mimocode/workflows/one.js", "two");
    write("own/two.js", "x");

    var shadowed =
        scripts(Admissions.TRUSTING).list().stream()
            .filter(NamedWorkflow::shadowed)
            .map(NamedWorkflow::name)
            .toList();

    assertEquals("repository/.mimocode/workflows/one.js", found("two"));
    assertEquals(List.of("two"), shadowed);
  }

  @Test
  void aFilesNameCountsBeforeWhatItCallsItself() throws IOException { // L17
    write("own/one.js", "two");
    assertEquals("own/one.js", found("two"));

    write("own/two.js", "one");
    assertEquals("own/two.js", found("two"));
  }

  @Test
  void nothingAboveTheRepositoryCounts() throws IOException { // L17
    write(".mimocode/workflows/x.js", "x");

    var fault = assertThrows(CommandException.class, () -> scripts(Admissions.TRUSTING).find("x"));

    assertEquals(
        new Failure("workflow_unknown", "no workflow is called 'x'", null, null, null),
        fault.failure());
  }

  @Test
  void whatLooksLikeAPathIsOne() throws IOException { // L19
    write("repository/a/b/x.js", "x");

    assertEquals("repository/a/b/x.js", found("x.js"));
    assertEquals("repository/a/b/x.js", found("../b/x.js"));
    assertEquals(
        "script_missing",
        assertThrows(CommandException.class, () -> found("./x")).failure().code());
    assertEquals(
        "workflow_unknown",
        assertThrows(CommandException.class, () -> found("-x y")).failure().code());
  }

  @Test
  void aScriptThatIsNotTrustedIsLookedAtButNotRunA57() throws IOException {
    write("repository/.claude/workflows/review.js", "x");
    write("own/mine.js", "x");

    var fault = assertThrows(CommandException.class, () -> scripts(Admissions.WARY).find("review"));

    assertEquals("untrusted", fault.failure().code());
    assertEquals(
        repository.resolve(".claude/workflows/review.js").toString(),
        scripts(Admissions.WARY).look("review").location());
    assertEquals(
        root.resolve("own/mine.js").toString(), scripts(Admissions.WARY).find("mine").location());
  }

  @Test
  void aScriptOfTheRepositoryThatIsNotTrustedNeverShadowsABuiltIn() throws IOException { // L19, C67
    write("repository/.claude/workflows/repo-map.js", "x");

    var fault =
        assertThrows(CommandException.class, () -> scripts(Admissions.WARY).find("repo-map"));

    assertEquals("workflow_untrusted", fault.failure().code());
    assertEquals(
        repository.resolve(".claude/workflows/repo-map.js").toString(),
        scripts(Admissions.WARY).find("../../.claude/workflows/repo-map.js").location());
  }

  @Test
  void theUsersOwnMayShadowABuiltIn() throws IOException { // L19
    write("own/repo-map.js", "x");

    assertEquals(
        root.resolve("own/repo-map.js").toString(),
        scripts(Admissions.WARY).find("repo-map").location());
  }

  @Test
  void theListShowsWhatIsShadowedAndWhatIsBroken() throws IOException { // L18, C16
    write("repository/.mimocode/workflows/review.js", "review");
    write("own/review.mjs", "review");
    var broken = write("own/broken.js", "x");
    Files.writeString(broken, "\nexport const meta = {name: f()};");

    assertEquals(
        List.of(
            "review project false null",
            "broken user false "
                + broken
                + ":2:28: `meta` must be a pure literal, but here stands"
                + " the name `f`",
            "review user true null",
            "repo-map built-in false null"),
        scripts(Admissions.WARY).list().stream()
            .map(workflow ->
                "%s %s %s %s"
                    .formatted(
                        workflow.name(),
                        workflow.origin().word(),
                        workflow.shadowed(),
                        workflow.problem()))
            .toList());
  }

  @Test
  void theProjectsFolderIsTheNearestThereIs() throws IOException {
    assertEquals(here.resolve(".mimocode/workflows"), scripts(Admissions.WARY).projectFolder());

    write("repository/.mimocode/workflows/x.js", "x");

    assertEquals(
        repository.resolve(".mimocode/workflows"), scripts(Admissions.WARY).projectFolder());
  }
}
