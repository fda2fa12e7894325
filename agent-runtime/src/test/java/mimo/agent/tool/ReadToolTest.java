package mimo.agent.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.agent.AgentLimits;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A42, A43.
class ReadToolTest {

  @TempDir Path workspace;
  private ReadTool read;

  @BeforeEach
  void prepare() throws IOException {
    read = new ReadTool(PathGuard.over(workspace), new Readings());
  }

  @Test
  void numbersLinesAndTellsTheEnd() throws Exception {
    Files.writeString(workspace.resolve("a"), "\uFEFFone\r\ntwo\n\nlast");

    assertEquals(
        Tool.Result.ok("     1\tone\n     2\ttwo\n     3\t\n     4\tlast\n(end of file, 4 lines)"),
        run("a"));
  }

  @Test
  void takesAbsolutePathsInside() throws Exception {
    Files.writeString(workspace.resolve("a"), "x");

    assertEquals(
        Tool.Result.ok("     1\tx\n(end of file, 1 lines)"),
        run(workspace.toRealPath().resolve("a").toString()));
  }

  @Test
  void tellsHowToReadOn() throws Exception {
    Files.writeString(workspace.resolve("a"), lines(5_000));

    var first = run("a").text();
    var next = run("a", 2_001, 2).text();

    assertTrue(
        first.endsWith("  2000\tline 2000\n(there are more lines; read on with offset 2001)"));
    assertEquals(
        "  2001\tline 2001\n  2002\tline 2002\n(there are more lines; read on with offset 2003)",
        next);
  }

  @Test
  void keepsToTheLimitOfBytesWithWholeLines() throws Exception {
    Files.writeString(workspace.resolve("a"), ("é".repeat(1_000) + "\n").repeat(100));

    var shown = run("a").text();

    assertTrue(shown.getBytes(StandardCharsets.UTF_8).length <= AgentLimits.TOOL_OUTPUT_BYTES);
    assertTrue(shown.endsWith("é\n(there are more lines; read on with offset 26)"));
  }

  @Test
  void cutsALineOfAMillionCharacters() throws Exception {
    Files.writeString(workspace.resolve("a"), "é".repeat(1_000_000) + "\nnext");

    assertEquals(
        Tool.Result.ok(
            "     1\t"
                + "é".repeat(2_000)
                + " (line cut; grep finds what lies beyond)\n"
                + "     2\tnext\n(end of file, 2 lines)"),
        run("a"));
  }

  @Test
  void cutsNoCharacterInTwo() throws Exception {
    Files.writeString(workspace.resolve("a"), "x" + "😀".repeat(1_500));

    assertTrue(run("a").text().startsWith("     1\tx" + "😀".repeat(999) + " (line cut"));
  }

  @Test
  void replacesMalformedBytes() throws Exception {
    Files.write(workspace.resolve("a"), new byte[] {'a', (byte) 0xc3, '\n', (byte) 0xff});

    assertEquals("     1\ta\uFFFD\n     2\t\uFFFD\n(end of file, 2 lines)", run("a").text());
  }

  @Test
  void refusesBinaries() throws Exception {
    Files.write(workspace.resolve("a.png"), new byte[] {'P', 0, 'N'});

    assertEquals(
        Tool.Result.error("'a.png' is a binary file of 3 bytes; read shows UTF-8 text only"),
        run("a.png"));
  }

  @Test
  void saysWhenThereIsNothingToShow() throws Exception {
    Files.writeString(workspace.resolve("empty"), "");
    Files.writeString(workspace.resolve("a"), "x\n");

    assertEquals(Tool.Result.ok("('empty' is empty)"), run("empty"));
    assertEquals(Tool.Result.error("'a' ends with line 1"), run("a", 9, 1));
    assertEquals(Tool.Result.error("'none' does not exist; glob finds files by name"), run("none"));
    assertEquals(Tool.Result.error("path_escape: '../x' leaves its folder by '..'"), run("../x"));
  }

  @Test
  void listsFolders() throws Exception {
    Files.createDirectory(workspace.resolve("sub"));
    Files.writeString(workspace.resolve("b"), "");
    Files.createSymbolicLink(workspace.resolve("l"), Path.of("b"));

    assertEquals(Tool.Result.ok("b\nl@\nsub/\n(3 entries)"), run("."));
    assertEquals(Tool.Result.ok("(the folder is empty)"), run("sub"));
    assertEquals(Tool.Result.error("the folder has 3 entries"), run(".", 4, 1));
  }

  @Test
  void listsLargeFoldersInParts() throws Exception {
    for (int i = 0; i < 1_005; i++) {
      Files.writeString(workspace.resolve("file-%04d".formatted(i)), "");
    }

    assertTrue(
        run(".").text().endsWith("file-0999\n(there are more entries; read on with offset 1001)"));
    assertEquals(
        "file-1000\nfile-1001\nfile-1002\nfile-1003\nfile-1004\n(1005 entries)",
        run(".", 1_001, 1).text());
  }

  private Tool.Result run(String path) throws InterruptedException {
    return read.run(Json.object().put("file_path", path), CancellationToken.never());
  }

  private Tool.Result run(String path, int offset, int limit) throws InterruptedException {
    return read.run(
        Json.object().put("file_path", path).put("offset", offset).put("limit", limit),
        CancellationToken.never());
  }

  private static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> "line " + number)
        .collect(Collectors.joining("\n"));
  }
}
