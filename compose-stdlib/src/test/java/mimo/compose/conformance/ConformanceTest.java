package mimo.compose.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.compose.testing.Player;
import mimo.compose.testing.Trial;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.SandboxProcess;
import mimo.sandbox.testing.Workers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays the numbered cases of the language, each trial in this process and in a real worker: both
/// must do, say, lose and end as the case says (compose-language, chapter 10).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path FOLDER = BASE.resolve("src/test/resources").resolve("conformance");
  private static final int CASES = 70;
  private static final List<CaseFile> SCRIPTS = CaseFile.all(FOLDER);

  private final Table table = new Table();
  private @Nullable SandboxProcess ready;
  private Path scratch = Path.of("");

  /// One trial of one script, under the name a report gives it.
  record Part(CaseFile script, Trial trial) {

    @Override
    public String toString() {
      var way = trial.name().isEmpty() ? "" : ", " + trial.name();
      return script.id() + " " + script.name().replaceFirst("\\.\\w+$", "") + way;
    }
  }

  static List<Part> parts() {
    return SCRIPTS.stream()
        .flatMap(script -> script.trials().stream().map(trial -> new Part(script, trial)))
        .toList();
  }

  @BeforeAll
  void warmUp(@TempDir Path folder) {
    scratch = folder;
    ready = SandboxProcess.spawn(Workers.plain(scratch));
  }

  @AfterAll
  void tell() {
    if (ready != null) {
      ready.close();
    }
    System.getLogger("ConformanceTest").log(Level.INFO, "the language, case by case\n{0}", table);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void endsInlineAsItSays(Part part) throws InterruptedException {
    play(part, Table.Mode.INLINE, new InlineSandbox(SandboxLimits.defaults()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void endsInAProcessAsItSays(Part part) throws InterruptedException {
    play(part, Table.Mode.PROCESS, worker());
  }

  /// A worker that warmed up while its predecessor was at work.
  private Sandbox worker() {
    var warm = ready == null ? SandboxProcess.spawn(Workers.plain(scratch)) : ready;
    ready = SandboxProcess.spawn(Workers.plain(scratch));
    return warm;
  }

  private void play(Part part, Table.Mode mode, Sandbox sandbox) throws InterruptedException {
    table.begin(part.script().id(), mode);
    long start = System.nanoTime();
    List<String> played;
    try (sandbox) {
      var script = part.script();
      played =
          new Player(script.source(), script.imports(), script.shelf(), part.trial()).play(sandbox);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;

    assertEquals(lines(part.trial().expected()), lines(played), part.script().file()::toString);
    table.passed(part.script().id(), mode, millis);
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  @Test
  void everyCaseHasItsProof() {
    var index = Index.read(FOLDER.resolve("README.md"));
    var all =
        IntStream.rangeClosed(1, CASES)
            .mapToObj("C%02d"::formatted)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(all, index.ids());
    assertEquals(List.of(), index.disagreements(SCRIPTS));
    assertEquals(List.of(), index.missingTests(BASE.resolveSibling("")));
    index.rows().forEach(table::list);
  }

  @Test
  void theSuiteIsNotEmpty() {
    assertTrue(parts().size() >= 80, () -> "saw only " + parts().size() + " trials");
  }
}
