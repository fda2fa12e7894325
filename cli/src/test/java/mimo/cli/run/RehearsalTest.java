package mimo.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.DryRunReport;
import mimo.cli.command.DryRunReport.Call;
import mimo.cli.command.Launch;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.cli.script.Scripts;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.BareWorkshop;
import mimo.cli.testing.OneBuiltin;
import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done with a script before anybody pays for it: checks (L115) and dry runs (L116).
final class RehearsalTest {

  private static final String META = "export const meta = {name: 't', description: 'd'};\n";

  @TempDir Path root;

  private Path folder;
  private LocalRuns runs;
  private Scripts scripts;

  @BeforeEach
  void hasNoStore() throws IOException {
    folder = Files.createDirectory(root.resolve("project"));
    Files.createDirectory(root.resolve("elsewhere"));
    scripts = new Scripts(folder, folder.resolve("own"), new OneBuiltin(), Admissions.TRUSTING);
    runs = new LocalRuns(new BareWorkshop(folder), scripts, LocalRuns.Defaults.NONE);
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> check(String script) throws InterruptedException {
    return runs.check(scripts.find(script)).problems().stream()
        .map(problem -> problem.position() + " " + problem.code() + " " + problem.message())
        .toList();
  }

  private DryRunReport dryRun(@Nullable String arguments, @Nullable String answers)
      throws InterruptedException {
    var launch =
        new Launch(
            scripts.find("t.js"),
            arguments,
            null,
            null,
            Launch.Size.UNSAID,
            null,
            null,
            Launch.Models.ANY,
            null);
    return runs.dryRun(launch, answers);
  }

  @Test
  void aCheckIsSilentOnWordsInTextsAndComments() throws Exception { // L115, C61
    write(
        "t.js",
        META
            + """
            // require('x') sleep() Date.now() import y from 'z'
            const tool = () => 'own';
            await agent("call Date.now() and require('fs'), then sleep(3)" + tool());
            """);

    assertEquals(List.of(), check("t.js"));
  }

  @Test
  void aCheckSaysWhereAnImportLeads() throws Exception { // L14, C14
    write("t.js", META + "import './in/out.js'\nimport '../x.js'\nimport './gone.js'");
    write("other/secret.js", "");
    Files.createSymbolicLink(folder.resolve("in"), root.resolve("elsewhere"));

    assertEquals(
        List.of(
            "t.js:2:1 path_escape ImportError: './in/out.js' leads out of the folder:"
                + " 'in/out.js' leads out of the workspace",
            "t.js:3:1 path_escape ImportError: '../x.js' leads out of the folder " + folder,
            "t.js:4:1 script_missing ImportError: there is no file " + folder.resolve("gone.js")),
        check("t.js"));
  }

  @Test
  void anEditOfALibraryChangesTheHash() throws Exception { // L16, C13
    write("t.js", META + "import './lib.js'");
    write("lib.js", "log(1)");
    var before = runs.check(scripts.find("t.js"));

    write("lib.js", "log(2)");
    var after = runs.check(scripts.find("t.js"));

    assertEquals(1, before.imports());
    assertTrue(!before.hash().equals(after.hash()), before.hash());
  }

  @Test
  void aCheckReadsMetaToo() throws Exception { // L115, L6
    write("t.js", "export const meta = {name: 't'};\nlog(1)");

    assertEquals(
        List.of("null script_invalid meta.description must be a non-empty string; found none"),
        check("t.js"));
  }

  @Test
  void aDryRunAsksNobodyAndIsTheSameTwice() throws Exception { // L116, C62
    write(
        "t.js",
        META
            + """
            phase('Look')
            const looks = await parallel(args.sides.map((side) => () => agent('at ' + side, {
              label: side,
              model: side === 'b' ? 'big' : undefined,
              schema: {type: 'object', required: ['n'], properties: {n: {type: 'integer'}}},
            })))
            const note = await readFile('note.txt')
            await writeFile('sum.txt', note)
            phase('Sum')
            const sum = await agent('sum it up', {label: 'sum'})
            return {looks, note, sum, at: Date.now(), random: Math.random()}
            """);
    write("note.txt", "read");

    var report = dryRun("{\"sides\":[\"a\",\"b\",\"c\"]}", "{\"b\":{\"n\":7},\"c\":null}");
    var again = dryRun("{\"sides\":[\"a\",\"b\",\"c\"]}", "{\"b\":{\"n\":7},\"c\":null}");

    assertEquals(report, again);
    assertEquals(List.of("Look", "Sum"), report.phases());
    assertEquals(
        List.of(
            new Call("p0", "a", "Look", "", null),
            new Call("p1", "b", "Look", "big", null),
            new Call("p2", "c", "Look", "", null),
            new Call("", "sum", "Sum", "", null)),
        report.calls());
    assertEquals(List.of("c: failed"), report.losses());
    assertTrue(
        String.valueOf(report.value())
            .startsWith(
                "{\"looks\":[{\"n\":0},{\"n\":7},null],\"note\":\"read\","
                    + "\"sum\":\"[dry run] answer to: sum it up\",\"at\":1767225606000,"),
        report.value());
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "nothing was written");
    }
  }

  @Test
  void aDryRunTakesTypeScriptByName() throws Exception { // L3, L17, L116
    write(
        ".mimocode/workflows/typed.ts",
        META + "const all: string[] = await parallel<string>([() => agent('a')]);\nreturn all");

    var launch =
        new Launch(
            scripts.find("typed"),
            null,
            null,
            null,
            Launch.Size.UNSAID,
            null,
            null,
            Launch.Models.ANY,
            null);
    var report = runs.dryRun(launch, "{\"a\": \"answer\"}");

    assertEquals("[\"answer\"]", report.value());
    assertNull(report.failure());
  }

  @Test
  void aScriptedAnswerThatDoesNotFitIsRefused() throws Exception { // L116
    write("t.js", META + "await agent('x', {label: 'one', schema: {type: 'object'}})");

    var fault = assertThrows(CommandException.class, () -> dryRun(null, "{\"one\": 1}"));

    assertEquals(
        "the scripted answer for 'one' does not fit its schema: the answer: integer found, object"
            + " expected",
        fault.getMessage());
    assertEquals(
        "answers_invalid",
        assertThrows(CommandException.class, () -> dryRun(null, "[]")).failure().code());
  }

  @Test
  void aDryRunThatFailsSaysWhere() throws Exception { // L116, L112
    write("t.js", META + "import './lib.js'");
    write("lib.js", "log('in')\nnull.x");

    var report = dryRun(null, null);

    assertEquals(
        new Failure(
            "script_error",
            "TypeError: Cannot read property 'x' of null",
            new SourcePosition("lib.js", 2, 1),
            "log('in')\nnull.x",
            null),
        report.failure());
    assertEquals(List.of("in"), report.log());
  }
}
