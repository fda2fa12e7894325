package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `compose.d.ts` before its judge: the TypeScript compiler, over scripts that are right and
/// scripts that are wrong (L114).
class TypeDeclarationsTest {

  private static final String COMPILER = "/META-INF/resources/webjars/typescript/6.0.3/lib";
  private static final String SAMPLES = "/mimo/compose/types";

  private static final Pattern CONFIGURATION =
      Pattern.compile("(?s)```json\\n(\\{\\s*\"compilerOptions\".*?)```");
  private static final Pattern FOUND =
      Pattern.compile("(?m)^([^(\\n]+)\\((\\d+),\\d+\\): error (TS\\d+): ");
  private static final Pattern EXPECTED = Pattern.compile("// (TS\\d+)$");

  /// What the compiler finds wrong, as `file:line code`.
  private static TreeSet<String> found;

  private static String said;

  @BeforeAll
  static void compiles(@TempDir Path folder) throws Exception {
    var node = node();
    assumeTrue(node != null, "Node.js is not installed: the TypeScript compiler cannot run");
    unpackCompiler(folder.resolve("compiler"));
    var project = folder.resolve("project");
    copy(samples(), project);
    Files.writeString(project.resolve("compose.d.ts"), ComposeLibrary.declarations());
    Files.writeString(project.resolve("tsconfig.json"), configuration());
    said = run(node, folder.resolve("compiler/_tsc.js"), project);
    found =
        FOUND
            .matcher(said)
            .results()
            .map(at -> at.group(1) + ":" + at.group(2) + " " + at.group(3))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static @Nullable Path node() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /// The one that the guide tells people to use.
  private static String configuration() throws IOException {
    var guide = Files.readString(Path.of("../docs/guide/workflow-files.md"));
    var block = CONFIGURATION.matcher(guide);
    assertTrue(block.find(), "the guide shows no tsconfig.json");
    return block.group(1);
  }

  private static String run(Path node, Path compiler, Path project) throws Exception {
    var process =
        new ProcessBuilder(node.toString(), compiler.toString(), "-p", ".", "--pretty", "false")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      process.getOutputStream().close();
      var all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the compiler does not end");
      return all;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void unpackCompiler(Path target) throws Exception {
    // The folder itself need not be in the jar.
    var file = TypeDeclarationsTest.class.getResource(COMPILER + "/_tsc.js").toURI();
    try (var jar = FileSystems.newFileSystem(file, Map.of())) {
      copy(jar.getPath(COMPILER), target);
    }
  }

  private static Path samples() throws Exception {
    return Path.of(TypeDeclarationsTest.class.getResource(SAMPLES).toURI());
  }

  private static void copy(Path source, Path target) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void scriptsThatAreRightCompile() {
    assertEquals(List.of(), found.stream().filter(one -> !one.startsWith("wrong/")).toList(), said);
  }

  @Test
  void eachMistakeIsFoundAndNothingElse() throws Exception {
    var expected = new TreeSet<String>();
    try (var files = Files.list(samples().resolve("wrong"))) {
      for (var file : files.toList()) {
        expected.addAll(expected(file));
      }
    }

    assertTrue(expected.size() > 20, expected.toString());
    assertEquals(expected, new TreeSet<>(found.tailSet("wrong/")), said);
  }

  private static List<String> expected(Path file) throws IOException {
    var expected = new ArrayList<String>();
    var lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      var mark = EXPECTED.matcher(lines.get(i));
      if (mark.find()) {
        expected.add("wrong/" + file.getFileName() + ":" + (i + 1) + " " + mark.group(1));
      }
    }
    return expected;
  }
}
