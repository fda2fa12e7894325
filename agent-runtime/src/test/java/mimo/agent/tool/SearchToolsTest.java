package mimo.agent.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A42, A49.
class SearchToolsTest {

  @TempDir Path workspace;
  private Toolbox tools;

  @BeforeEach
  void prepare() throws IOException {
    tools = Toolbox.readingOnly(PathGuard.over(workspace));
    write("src/A.java", "class A {\n  int needle;\n}\n");
    write("src/b.txt", "needle\nhay\nNeedle\n");
    write("build/out.txt", "needle");
    write(".git/config", "needle");
    write(".gitignore", "build/\n");
    Files.write(workspace.resolve("bin"), new byte[] {'n', 0});
  }

  @Test
  void offersItsToolsInOrder() {
    assertEquals(List.of("read", "glob", "grep"), tools.names());
    assertEquals(3, tools.specs().size());
    var tool = tools.find("read").orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> Toolbox.of(List.of(tool, tool)));
  }

  @Test
  void globsWithoutWhatIsIgnored() throws Exception {
    assertEquals(
        Tool.Result.ok(".gitignore\nbin\nsrc/A.java\nsrc/b.txt\n"), run("glob", "pattern", "**"));
    assertEquals(Tool.Result.ok("src/b.txt\n"), run("glob", "pattern", "*.txt", "path", "src/"));
    assertEquals(
        Tool.Result.ok("(no file matches)"), run("glob", "pattern", "*.txt", "path", "none"));
    assertEquals(
        Tool.Result.error("path_escape: '../*' leaves its folder by '..'"),
        run("glob", "pattern", "*", "path", "../*"));
    assertEquals(
        Tool.Result.error("pattern '[' has a '[' that is not closed"), run("glob", "pattern", "["));
  }

  @Test
  void globsAFolderThatIsIgnoredButNamed() throws Exception {
    assertEquals(Tool.Result.ok("build/out.txt\n"), run("glob", "pattern", "**", "path", "build"));
  }

  @Test
  void globsNoMoreThanTheLimit() throws Exception {
    for (int i = 0; i < AgentLimits.GLOB_PATHS + 1; i++) {
      write("many/" + i, "");
    }

    var found = run("glob", "pattern", "many/*").text().lines().toList();

    assertEquals(AgentLimits.GLOB_PATHS + 1, found.size());
    assertEquals("(more than 1000; narrow pattern or path)", found.getLast());
  }

  @Test
  void findsLines() throws Exception {
    assertEquals(
        Tool.Result.ok("src/A.java:2:   int needle;\nsrc/b.txt:1: needle\n"),
        run("grep", "pattern", "needle"));
    assertEquals(
        Tool.Result.ok("src/b.txt:1: needle\nsrc/b.txt:3: Needle\n"),
        run("grep", "pattern", "(?i)needle", "include", "*.txt"));
    assertEquals(
        Tool.Result.ok("src/b.txt:2: hay\n"), run("grep", "pattern", "^hay$", "path", "src/b.txt"));
    assertEquals(
        Tool.Result.ok("src/A.java:2:   int needle;\n"),
        run("grep", "pattern", "needle", "path", "src", "include", "**/A.*"));
    assertEquals(Tool.Result.ok("(no line matches)"), run("grep", "pattern", "straw"));
  }

  @Test
  void saysWhatIsWrongWithASearch() throws Exception {
    assertEquals(
        Tool.Result.error("the pattern is malformed: error parsing regexp: missing closing ): `(`"),
        run("grep", "pattern", "("));
    assertEquals(
        Tool.Result.error("'none' does not exist"), run("grep", "pattern", "x", "path", "none"));
    assertEquals(
        Tool.Result.error("path_escape: '/etc' is absolute; paths are relative to the workspace"),
        run("grep", "pattern", "root", "path", "/etc"));
    assertEquals(
        Tool.Result.error("a pattern needs 1 to 1000 characters"), run("grep", "pattern", ""));
  }

  @Test
  void showsNoMoreThanTheLimitOfMatches() throws Exception {
    write("many", "match\n".repeat(150));

    var found = run("grep", "pattern", "match").text().lines().toList();

    assertEquals(AgentLimits.GREP_MATCHES + 1, found.size());
    assertEquals("(there are more matches; narrow pattern, path or include)", found.getLast());
  }

  @Test
  void showsALongLineRoundItsMatch() throws Exception {
    write("long", "a".repeat(1_000_000) + "needle" + "b".repeat(1_000_000));

    var shown = run("grep", "pattern", "needle", "path", "long").text();

    assertEquals("long:1: …" + "a".repeat(125) + "needle" + "b".repeat(369) + "…\n", shown);
  }

  @Test
  void takesNoExponentialTime() throws Exception {
    write("evil", "a".repeat(50_000) + "!");

    assertEquals(
        Tool.Result.ok("(no line matches)"), run("grep", "pattern", "^(a+)+$", "path", "evil"));
  }

  @Test
  void refusesAPatternThatUnfoldsWithoutEnd() throws Exception {
    assertEquals(
        Tool.Result.error(
            "the pattern is too costly: its repeat counts multiply to more than 10000;"
                + " use * or smaller counts"),
        run("grep", "pattern", "((x{1000}){1000}){1000}"));
    assertEquals(
        Tool.Result.ok("src/A.java:2:   int needle;\nsrc/b.txt:1: needle\n"),
        run("grep", "pattern", "ne{2}dle.{0,80}"));
  }

  @Test
  void staysInsideThoughLinksLeadOut() throws Exception {
    var outside = Files.createTempDirectory("mimo-outside");
    Files.writeString(outside.resolve("secret"), "needle");
    Files.createSymbolicLink(workspace.resolve("out"), outside);
    Files.createSymbolicLink(workspace.resolve("leak"), outside.resolve("secret"));

    var found = run("grep", "pattern", "needle").text();
    Files.delete(outside.resolve("secret"));
    Files.delete(outside);

    assertEquals("src/A.java:2:   int needle;\nsrc/b.txt:1: needle\n", found);
  }

  @Test
  void keepsToTheLimitOfBytes() throws Exception {
    write("wide", ("é".repeat(499) + "\n").repeat(90));

    var shown = run("grep", "pattern", "é", "path", "wide").text();

    assertTrue(shown.getBytes(StandardCharsets.UTF_8).length <= AgentLimits.TOOL_OUTPUT_BYTES);
    assertTrue(shown.endsWith("(there are more matches; narrow pattern, path or include)"));
  }

  @Test
  void stopsWhenCancelled() {
    var cancelled = new CancellationSource();
    cancelled.cancel();
    var input = Json.object().put("pattern", "needle");

    for (var tool : List.of("glob", "grep")) {
      var each = tools.find(tool).orElseThrow();
      assertThrows(InterruptedException.class, () -> each.run(input, cancelled));
    }
  }

  private Tool.Result run(String tool, String... input) throws InterruptedException {
    ObjectNode object = Json.object();
    for (int i = 0; i < input.length; i += 2) {
      object.put(input[i], input[i + 1]);
    }
    return tools.find(tool).orElseThrow().run(object, CancellationToken.never());
  }

  private void write(String path, String text) throws IOException {
    var file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
