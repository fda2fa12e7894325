package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.cli.command.DryRunReport;
import mimo.cli.command.Launch;
import mimo.cli.run.LocalRuns;
import mimo.cli.script.Scripts;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.BareWorkshop;
import mimo.cli.testing.Golden;
import mimo.cli.testing.OneBuiltin;
import mimo.compose.testing.Player;
import mimo.compose.testing.Trial;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The workflows of `docs/examples`, written the ways people write theirs. Each is run with
/// scripted answers, and all it does is golden text; and each is run dry as it is kept in a
/// project.
final class ExampleWorkflowsTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("../docs/examples");

  /// Ends the lines of a golden file that say what the script finds; below it stands what it does.
  private static final String WORLD_ENDS = "---\n";

  /// What scripts that are kept somewhere use, and in how many of these it must be seen.
  private static final Map<String, Integer> SEEN_AT_LEAST =
      Map.ofEntries(
          Map.entry("parallel\\(\\s*\\w+\\.map", 6),
          Map.entry("parallel\\(\\s*Object", 1),
          Map.entry("pipeline\\(", 8),
          Map.entry("dag\\(", 2),
          Map.entry("agent\\(\\{", 4),
          Map.entry("phases: \\[\"", 6),
          Map.entry("phases: \\[\\s*\\{", 8),
          Map.entry("export default", 3),
          Map.entry("schema: ", 15),
          Map.entry("model: ", 6),
          Map.entry("effort: |thinking: ", 4),
          Map.entry("label: ", 20),
          Map.entry("typeof args === \"string\"", 3),
          Map.entry("JSON\\.parse\\(", 3),
          Map.entry("budget\\.(remaining|spent)\\(\\)", 2),
          Map.entry("const sleep = ", 1),
          Map.entry("new URL\\(", 1),
          Map.entry("checkpoint\\(", 1),
          Map.entry("setTimeout\\(", 1),
          Map.entry("approve\\(", 1),
          Map.entry("ask\\(", 1),
          Map.entry("gate\\(", 2),
          Map.entry("retry\\(", 1),
          Map.entry("verify\\(", 2),
          Map.entry("judgePanel\\(", 1),
          Map.entry("loopUntilDry\\(", 1),
          Map.entry("completenessCheck\\(", 2),
          Map.entry("readFile\\(", 5),
          Map.entry("glob\\(", 5),
          Map.entry("exists\\(", 1),
          Map.entry("Promise\\.all", 3),
          Map.entry("for await", 1),
          Map.entry("\nimport ", 1),
          Map.entry("workflow\\(", 1),
          Map.entry("agentType: ", 2),
          Map.entry("keep: true", 1),
          Map.entry("budget: \"", 1),
          Map.entry("context\\.", 1),
          Map.entry("return loop\\(", 1));

  /// @param folder the name of the dialect it is written in
  record Example(String folder, Path file) {

    String name() {
      return String.valueOf(file.getFileName()).replaceFirst("\\.\\w+$", "");
    }

    String text() {
      return read(file);
    }

    @Override
    public String toString() {
      return folder + "/" + name();
    }
  }

  @TempDir Path project;

  static List<Example> examples() {
    return Stream.of("claude", "mimocode", "odw").flatMap(ExampleWorkflowsTest::in).toList();
  }

  private static Stream<Example> in(String folder) {
    try (var files = Files.list(EXAMPLES.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(file -> new Example(folder, file))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void doesWithScriptedAnswersWhatItsGoldenFileSays(Example example) throws Exception {
    var world = world(example);
    var trial = Trial.of("", world.lines().toList());
    var source = new ScriptSource(String.valueOf(example.file().getFileName()), example.text());
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var deeds = new Player(source, importsOf(example), shelf(), trial).play(sandbox);

      var last = deeds.getLast();
      assertTrue(last.startsWith("result: "), last);
      Golden.assertMatches(golden(example), world + WORLD_ENDS + String.join("\n", deeds) + "\n");
    }
  }

  /// The examples that others can run.
  private static Map<String, String> shelf() {
    return in("claude").collect(Collectors.toMap(Example::name, Example::text));
  }

  private static String golden(Example example) {
    return "example-" + example.name() + ".txt";
  }

  private static String world(Example example) {
    var text = Golden.read(golden(example));
    int end = text.indexOf(WORLD_ENDS);
    return end < 0 ? text : text.substring(0, end);
  }

  private static ImportedFiles importsOf(Example example) {
    return (importer, specifier) -> {
      var path = Path.of(importer.name()).resolveSibling(specifier).normalize();
      var file = example.file().resolveSibling(path);
      return new ImportedFiles.Found.File(new ScriptSource(path.toString(), read(file)));
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void runsDryWhereItIsKept(Example example) throws Exception { // L116, C62
    furnish();
    var kept = example.folder().equals("mimocode") ? ".mimocode/workflows" : ".claude/workflows";
    copy(example.file().resolveSibling(""), project.resolve(kept));
    var arguments = arguments(example);

    var report = dryRun(example.name(), arguments);

    assertNull(report.failure(), () -> String.valueOf(report.failure()));
    assertEquals(report, dryRun(example.name(), arguments));
    assertFalse(report.calls().isEmpty(), "it asks nobody");
    assertEquals(example.name(), report.workflow());
  }

  private static @Nullable String arguments(Example example) {
    return world(example)
        .lines()
        .filter(line -> line.startsWith("args: "))
        .map(line -> line.substring("args: ".length()))
        .findFirst()
        .orElse(null);
  }

  private DryRunReport dryRun(String name, @Nullable String arguments) throws Exception {
    var scripts =
        new Scripts(project, project.resolve("own"), new OneBuiltin(), Admissions.TRUSTING);
    var runs = new LocalRuns(new BareWorkshop(project), scripts, LocalRuns.Defaults.NONE);
    var script = scripts.find(name);
    return runs.dryRun(
        new Launch(
            script, arguments, null, null, Launch.Size.UNSAID, null, null, Launch.Models.ANY, null),
        null);
  }

  /// A small project for scripts to look at.
  private void furnish() throws IOException {
    write(
        "package.json",
        "{\"dependencies\": {\"a\": \"1.0.0\", \"b\": \"https://c.example/b.tgz\"}}");
    write("README.md", "# A project\n");
    write("CHANGES.txt", "add undo\nfix redo\n");
    write("lines.txt", "Where is it?\nIt is broken.\n");
    write("texts.json", "{\"hello\": \"Hello\", \"bye\": \"Goodbye\"}");
    write("docs/guide.md", "# Guide\n\nundo() undoes.\n");
    write("src/undo.js", "export const undo = () => null; // uses moment\n");
    write("src/main.ts", "export const main = 1;\n");
    write("src/redo.js", "export const redo = () => null;\n");
    write("test/undo.test.js", "test('undo', () => {});\n");
  }

  private void write(String path, String text) throws IOException {
    var file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  @Test
  void theExamplesShowTheWaysPeopleWrite() { // compose-language, chapter 10
    var texts = examples().stream().map(Example::text).toList();

    assertTrue(texts.size() >= 25, "only " + texts.size());
    SEEN_AT_LEAST.forEach((way, least) -> {
      var pattern = Pattern.compile(way);
      long seen = texts.stream().filter(text -> pattern.matcher(text).find()).count();
      assertTrue(seen >= least, way + " is in " + seen + " examples, not in " + least);
    });
  }
}
