package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.compose.testing.Player;
import mimo.compose.testing.Trial;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the examples that say what comes of them. Their comments tell what agents and files answer
/// (`// answers: LABEL: JSON`; who is not listed answers with its label) and what is asked, said
/// and returned then.
final class RunningExamplesTest {

  private static final String META = "export const meta = {name: 'example', description: 'd'};\n";
  private static final Pattern LINE = Pattern.compile("(?m)^// ([a-z]+: .*)$");

  /// @param place the page, and the how manieth example of it
  record Example(String place, String text) {

    @Override
    public String toString() {
      return place;
    }
  }

  static List<Example> examples() {
    var repository = Repository.here();
    var pages =
        repository.files(".md").stream()
            .filter(file -> repository.name(file).matches("docs/(guide|reference)/.*"));
    var examples =
        pages
            .flatMap(file -> {
              var fences = Page.read(file).fences().stream().filter(RunningExamplesTest::runs);
              var name = repository.name(file);
              return fences.map(fence -> new Example(name, fence.text()));
            })
            .toList();
    assertTrue(examples.size() >= 30, () -> "saw only " + examples);
    return examples;
  }

  static boolean runs(Page.Fence fence) {
    return fence.language().equals("js run");
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("examples")
  void comesToWhatItSays(Example example) throws InterruptedException {
    var lines = LINE.matcher(example.text()).results().map(line -> line.group(1)).toList();
    var trial = Trial.of("", lines);
    var text =
        example.text().startsWith("export const meta") ? example.text() : META + example.text();
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var played =
          new Player(new ScriptSource("example.js", text), ImportedFiles.NONE, trial).play(sandbox);

      assertEquals(
          String.join("\n", trial.expected()), String.join("\n", told(played, trial.expected())));
    }
  }

  /// An example tells its end, and of the rest only what it is about.
  private static List<String> told(List<String> played, List<String> expected) {
    var kinds = expected.stream().map(RunningExamplesTest::kind).toList();
    return Stream.concat(
            played.stream().limit(played.size() - 1L).filter(line -> kinds.contains(kind(line))),
            Stream.of(played.getLast()))
        .toList();
  }

  private static String kind(String line) {
    return line.substring(0, line.indexOf(':'));
  }
}
