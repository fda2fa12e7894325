package mimo.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.script.Admission;
import mimo.cli.script.Scripts;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.OneBuiltin;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import mimo.engine.journal.ContentKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which script `workflow()` means (L14, L18, L44).
final class WorkflowLookupTest {

  private static final String META = "export const meta = {name: '%s', description: 'd'};\n";

  @TempDir Path root;

  private Admission admission = Admissions.TRUSTING;
  private Path workspace;

  @BeforeEach
  void standsInAWorkspace() throws IOException {
    workspace = Files.createDirectories(root.toRealPath().resolve("work"));
  }

  private Path write(String path, String text) throws IOException {
    var file = root.toRealPath().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ActivityResult ask(String input) {
    var scripts = new Scripts(workspace, root.resolve("own"), new OneBuiltin(), admission);
    var request =
        new ActivityRequest(StepKind.WORKFLOW, ContentKeys.of(input), "", input, "label", "", null);
    return new WorkflowLookup(scripts, workspace).perform(request, new DryRun.Here(1));
  }

  private static String file(String name, String path, Path location, String text) {
    return "{\"name\":\"%s\",\"path\":\"%s\",\"location\":\"%s\",\"text\":\"%s\"}"
        .formatted(name, path, location, text.replace("\n", "\\n"));
  }

  private static ActivityResult completed(String json) {
    return new ActivityResult.Completed(json, "{}");
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, "{}");
  }

  @Test
  void aNameMeansWhatItMeansOnTheCommandLine() throws IOException { // L18, C16
    var mine = write("work/.mimocode/workflows/mine.js", META.formatted("other"));
    var own = write("own/owned.mjs", META.formatted("owned"));

    var byStem = ask("{\"name\":\"mine\"}");

    assertEquals(
        completed(file(".mimocode/workflows/mine.js", "mine.js", mine, META.formatted("other"))),
        byStem);
    assertEquals(byStem, ask("{\"name\":\"other\"}"));
    assertEquals(
        completed(file("owned.mjs", "owned.mjs", own, META.formatted("owned"))),
        ask("{\"name\":\"owned\"}"));
    assertEquals(
        completed(
            "{\"name\":\"repo-map.js\",\"path\":\"builtin:repo-map\","
                + "\"location\":\"builtin:repo-map\",\"text\":"
                + "\"export const meta = { name: 'repo-map', description: 'Maps.' };\"}"),
        withoutSchema(ask("{\"name\":\"repo-map\"}")));
  }

  private static ActivityResult withoutSchema(ActivityResult result) {
    return result instanceof ActivityResult.Completed(var value, var report, var kept)
        ? new ActivityResult.Completed(
            value.replaceFirst(",\"argumentsSchema\":\".*\"}$", "}"), report, kept)
        : result;
  }

  @Test
  void anUnknownNameIsToldWithNearOnes() throws IOException { // L44
    write("work/.mimocode/workflows/review.js", META.formatted("review"));

    assertEquals(
        failed("workflow_unknown", "no workflow is called 'reviev'; did you mean 'review'?"),
        ask("{\"name\":\"reviev\"}"));
  }

  @Test
  void aPathIsNoName() throws IOException { // L14, L19, L58
    var outside = write("evil.js", META.formatted("evil"));
    var text = write("plain", "a secret\n");

    for (var name : List.of(outside.toString(), "../evil.js", text.toString(), "evil.js")) {
      assertEquals(
          failed(
              "workflow_unknown",
              "'" + name + "' is no name of a workflow; a file is a scriptPath"),
          ask("{\"name\":\"" + name + "\"}"));
    }
  }

  @Test
  void aRepositoryStandsInForABuiltInOnlyWhereItIsTrusted() throws IOException { // L19
    admission = Admissions.WARY;
    write("work/.mimocode/workflows/repo-map.js", META.formatted("repo-map"));

    assertEquals(
        failed(
            "workflow_untrusted",
            ".mimocode/workflows/repo-map.js would stand in for the built-in workflow 'repo-map',"
                + " and is not trusted"),
        ask("{\"name\":\"repo-map\"}"));
  }

  @Test
  void aNameOfTheRepositoryIsRunOnlyWhereItIsTrustedA57() throws IOException {
    write("work/.mimocode/workflows/mine.js", META.formatted("mine"));
    admission = Admissions.WARY;

    assertEquals(
        failed("untrusted", ".mimocode/workflows/mine.js is not trusted"),
        ask("{\"name\":\"mine\"}"));
  }

  @Test
  void aPathIsOneOfTheWorkspaceOrLiesBesideTheScript() throws IOException { // L14
    var here = write("work/lib/a.js", META.formatted("a"));
    var beside = write("scripts/b.js", META.formatted("b"));
    var caller = beside.resolveSibling("main.js").toString();

    assertEquals(
        completed(file("lib/a.js", "a.js", here, META.formatted("a"))),
        ask("{\"scriptPath\":\"./lib/a.js\",\"caller\":\"" + caller + "\"}"));
    assertEquals(
        completed(file("b.js", "b.js", beside, META.formatted("b"))),
        ask("{\"scriptPath\":\"b.js\",\"caller\":\"" + caller + "\"}"));
    assertEquals(
        failed("workflow_unknown", "there is no script c.js in the workspace"),
        ask("{\"scriptPath\":\"c.js\",\"caller\":\"builtin:x\"}"));
  }

  @Test
  void aPathNeverLeavesItsFolder() throws IOException { // L14, L58
    write("secret.js", META.formatted("s"));
    Files.createSymbolicLink(workspace.resolve("link.js"), root.resolve("secret.js"));
    for (var path :
        new String[] {"../secret.js", "/etc/secret.js", "link.js", "a/../../secret.js"}) {
      var refused =
          (ActivityResult.Failed) ask("{\"scriptPath\":\"" + path + "\",\"caller\":\"\"}");

      assertEquals("path_escape", refused.code(), path);
      assertFalse(refused.message().contains(root.toString()), refused.message());
    }
    Files.createDirectory(workspace.resolve("folder.js"));
    assertEquals(
        failed("script_missing", "folder.js is a folder"),
        ask("{\"scriptPath\":\"folder.js\",\"caller\":\"\"}"));
    assertEquals(
        failed("script_invalid", "notes.txt is no script: those end in .js, .mjs or .ts"),
        ask("{\"scriptPath\":\"notes.txt\",\"caller\":\"\"}"));
    Files.write(workspace.resolve("bytes.js"), new byte[] {(byte) 0xC0, 0x20});
    assertEquals(
        failed("script_invalid", "bytes.js is not UTF-8 text"),
        ask("{\"scriptPath\":\"bytes.js\",\"caller\":\"\"}"));
  }

  @Test
  void importsLieInTheFolderOfTheirScript() throws IOException { // L13, L14
    var entry = write("work/lib/main.js", META.formatted("m"));
    var inner = write("work/lib/sub/inner.js", "export const x = 1;");
    var two = write("work/lib/two.js", "export const y = 2;");

    assertEquals(
        completed(file("lib/sub/inner.js", "sub/inner.js", inner, "export const x = 1;")),
        ask(wanted("./sub/inner.js", "lib/main.js", entry)));
    assertEquals(
        completed(file("lib/two.js", "two.js", two, "export const y = 2;")),
        ask(wanted("../two.js", "lib/sub/inner.js", entry)));
    var refused = (ActivityResult.Failed) ask(wanted("../../out.js", "lib/sub/inner.js", entry));
    assertEquals("path_escape", refused.code());
    assertFalse(refused.message().contains(root.toString()), refused.message());
    assertEquals(
        failed("script_missing", "there is no file none.js"),
        ask(wanted("./none.js", "lib/main.js", entry)));
  }

  private static String wanted(String specifier, String importer, Path entry) {
    return "{\"import\":\"%s\",\"importer\":\"%s\",\"script\":\"lib/main.js\",\"entry\":\"%s\"}"
        .formatted(specifier, importer, entry);
  }
}
