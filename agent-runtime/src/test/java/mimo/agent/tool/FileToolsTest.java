package mimo.agent.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A42, A46, A47: `write`, `edit` and `multiedit` as a model meets them.
class FileToolsTest {

  @TempDir Path temp;
  private Path workspace;
  private SpillFiles outputs;
  private Toolbox tools;

  @BeforeEach
  void prepare() throws IOException {
    workspace = Files.createDirectory(temp.resolve("work"));
    outputs = new SpillFiles(temp.resolve("outputs"), () -> Instant.EPOCH, text -> text);
    tools = session();
  }

  private Toolbox session() throws IOException {
    var guard = PathGuard.over(workspace);
    var files = new FileReplacement(guard, new FileLocks(temp.resolve("locks")));
    return Toolbox.ofFiles(guard, files, new Readings(), outputs);
  }

  @Test
  void writesANewFileAndTheFoldersItNeeds() throws Exception {
    assertEquals(
        Tool.Result.ok("made 'a/b/c.txt': 2 lines, 9 bytes"), write("a/b/c.txt", "one\nzwö\n"));

    assertEquals("one\nzwö\n", Files.readString(workspace.resolve("a/b/c.txt")));
    assertEquals(List.of("a"), names(workspace));
  }

  @Test
  void replacesAFileOnlyIfItWasReadAsItIsNow() throws Exception {
    Files.writeString(workspace.resolve("a"), "one\n");

    var unread = write("a", "x");
    read("a");
    Files.writeString(workspace.resolve("a"), "two\n");
    var changed = write("a", "x");
    read("a");
    var fine = write("a", "three\n");

    assertEquals(
        Tool.Result.error(
            "'a' exists and was not read in this session; read it first (after a resume: read it "
                + "again)"),
        unread);
    assertEquals(Tool.Result.error("'a' has changed since it was read; read it again"), changed);
    assertEquals(Tool.Result.ok("replaced 'a': 1 lines, 6 bytes"), fine);
  }

  @Test
  void knowsWhatItWroteItself() throws Exception {
    write("a", "one");
    edit("a", "one", "two");

    assertEquals(Tool.Result.ok("replaced 'a': 1 lines, 5 bytes"), write("a", "three"));
  }

  @Test
  void remembersNothingOfAnotherSession() throws Exception {
    Files.writeString(workspace.resolve("a"), "one\n");
    read("a");

    tools = session();

    assertTrue(edit("a", "one", "two").text().contains("was not read in this session"));
  }

  @Test
  void aPartReadCountsForAllOfTheFile() throws Exception {
    Files.writeString(workspace.resolve("a"), "one\ntwo\nthree\n");

    run("read", Json.object().put("file_path", "a").put("offset", 2).put("limit", 1));

    assertEquals("changed 'a' at 1 place", firstLine(edit("a", "three", "3")));
  }

  @Test
  void readingThroughALinkIsReadingTheFile() throws Exception {
    Files.writeString(workspace.resolve("a"), "one\n");
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("a"));
    read("link");

    assertEquals("changed 'a' at 1 place", firstLine(edit("a", "one", "two")));
    assertEquals("changed 'link' at 1 place", firstLine(edit("link", "two", "three")));
    assertTrue(Files.isSymbolicLink(workspace.resolve("link")));
    assertEquals("three\n", Files.readString(workspace.resolve("a")));
  }

  @Test
  void showsWhatAnEditChanged() throws Exception {
    Files.writeString(workspace.resolve("a"), "one\r\ntwo\r\n");
    read("a");

    assertEquals(
        Tool.Result.ok("changed 'a' at 1 place\n@@ -1,2 +1,3 @@\n one\n-two\n+zwei\n+drei\n"),
        edit("a", "two", "zwei\ndrei"));
    assertEquals("one\r\nzwei\r\ndrei\r\n", Files.readString(workspace.resolve("a")));
  }

  @Test
  void saysWhenTheTextWasOnlyAlike() throws Exception {
    Files.writeString(workspace.resolve("a"), "say “hi”\n");
    read("a");

    assertEquals(
        Tool.Result.ok(
            "changed 'a' at 1 place\n"
                + "(old_string was not there as given; replaced the one text that differs only in "
                + "quotes, dashes, spaces, trailing blanks or the form of characters)\n"
                + "@@ -1,1 +1,1 @@\n-say “hi”\n+say \"ho\"\n"),
        edit("a", "\"hi\"", "\"ho\""));
  }

  @Test
  void editsInOrderAllOrNone() throws Exception {
    Files.writeString(workspace.resolve("a"), "one two three\n");
    read("a");

    var refused =
        multiedit("a", List.of(List.of("one", "eins"), List.of("eins two", "x"), List.of("q", "")));
    var before = Files.readString(workspace.resolve("a"));
    var done = multiedit("a", List.of(List.of("one", "eins"), List.of("eins two", "x")));

    assertEquals(
        "'a' is unchanged: edit 3: old_string is there 0 times, and nothing in the file comes "
            + "close",
        refused.text());
    assertEquals("one two three\n", before);
    assertEquals(
        Tool.Result.ok("changed 'a' at 2 places\n@@ -1,1 +1,1 @@\n-one two three\n+x three\n"),
        done);
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "edit", "multiedit"})
  void refusesWhatMimoRedacted(String tool) throws Exception {
    Files.writeString(workspace.resolve("a"), "key=1\n");
    read("a");
    var mark = "key=[REDACTED:live:0af3]";
    var input = Json.object().put("file_path", "a");
    switch (tool) {
      case "write" -> input.put("content", mark);
      case "edit" -> input.put("old_string", "key=1").put("new_string", mark);
      default ->
          input.putArray("edits").addObject().put("old_string", "key=1").put("new_string", mark);
    }

    assertEquals(
        Tool.Result.error(
            "the input holds a [REDACTED:…] mark, which stands for a secret mimo does not pass on; "
                + "nothing was changed. Leave that part of the file as it is"),
        run(tool, input));
    assertEquals("key=1\n", Files.readString(workspace.resolve("a")));
  }

  @Test
  void refusesPlacesOutsideAndFolders() throws Exception {
    Files.createDirectory(workspace.resolve("sub"));
    Files.createSymbolicLink(workspace.resolve("out"), temp);
    Files.createSymbolicLink(workspace.resolve("dangling"), Path.of("nowhere"));
    Files.writeString(workspace.resolve("file"), "");

    assertEquals("path_escape: '../x' leaves its folder by '..'", write("../x", "").text());
    assertEquals("path_escape: 'out/x' leads out of the workspace", write("out/x", "").text());
    assertEquals("path_escape: 'dangling' cannot be resolved", write("dangling", "").text());
    assertEquals("path_escape: 'file/x' leads through no folder", write("file/x", "").text());
    assertEquals("bad_argument: 'sub' is a folder", write("sub", "").text());
    assertFalse(Files.exists(temp.resolve("x")));
  }

  @Test
  void refusesTextThatIsTooLargeOrNone() throws Exception {
    assertEquals(
        "content has more than 8388608 bytes",
        write("a", "x".repeat(AgentLimits.CHANGED_FILE_BYTES + 1)).text());
    assertEquals("content holds half a character (a lone surrogate)", write("a", "\ud83d").text());
    assertEquals(List.of(), names(workspace));
  }

  @Test
  void refusesToChangeAFileBeyondTheLimit() throws Exception {
    try (var sparse =
        Files.newByteChannel(
            workspace.resolve("giant"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sparse.position(1L << 40);
      sparse.write(ByteBuffer.wrap(new byte[] {'x'}));
    }

    var reason =
        "'giant' has more than 8388608 bytes, which is too large to be changed by mimo's tools";
    assertEquals(Tool.Result.error(reason), write("giant", "x"));
    assertEquals(Tool.Result.error(reason), edit("giant", "x", "y"));
  }

  @Test
  void readsTheFullTextOfAnOutputAndNothingElseBesideTheWorkspace() throws Exception { // A43
    byte[] bytes = "line\n".repeat(3_000).getBytes(StandardCharsets.UTF_8);
    String file;
    try (var collector = outputs.collector()) {
      collector.add(bytes, 0, bytes.length);
      file = collector.finish().full().orElseThrow().toString();
    }
    Files.writeString(temp.resolve("outputs/notes.txt"), "private");
    var read = tools.find("read").orElseThrow();

    var input = Json.object().put("file_path", file).put("offset", 3_000);
    assertEquals(Tool.Result.ok("  3000\tline\n(end of file, 3000 lines)"), run("read", input));
    assertEquals(List.of(new Need.Use()), read.needs(input));
    var search = Json.object().put("pattern", "line").put("path", file);
    assertTrue(run("grep", search).text().startsWith(Path.of(file).getFileName() + ":1: line"));
    assertEquals(List.of(new Need.Use()), tools.find("grep").orElseThrow().needs(search));
    var escaping = search.deepCopy().put("path", temp + "/outputs/notes.txt");
    assertTrue(run("grep", escaping).text().startsWith("path_escape: "));
    for (var other :
        List.of(temp + "/outputs/notes.txt", temp + "/outputs/../locks", file + "/x")) {
      assertTrue(read(other).text().startsWith("path_escape: "), other);
      assertEquals(
          List.of(new Need.Read(other)), read.needs(Json.object().put("file_path", other)));
    }
    assertTrue(write(file, "x").text().startsWith("path_escape: "));
  }

  @Test
  void showsAChangeBeforeItIsMade() throws Exception { // A48, A53
    Files.writeString(workspace.resolve("a"), "one\n");
    var edit =
        Json.object().put("file_path", "a").put("old_string", "one").put("new_string", "two");
    var write = Json.object().put("file_path", "b").put("content", "new\n");

    assertEquals(Optional.of("@@ -1,1 +1,1 @@\n-one\n+two\n"), preview("edit", edit));
    assertEquals(Optional.of("@@ -0,0 +1,1 @@\n+new\n"), preview("write", write));
    assertEquals(Optional.empty(), preview("edit", edit.deepCopy().put("file_path", "b")));
    assertEquals(Optional.empty(), preview("write", write.deepCopy().put("file_path", "../b")));
    assertEquals(List.of("a"), names(workspace));
  }

  private Optional<String> preview(String tool, ObjectNode input) {
    return tools.find(tool).orElseThrow().preview(input);
  }

  @Test
  void doesNotEditWhatIsNotThere() throws Exception {
    assertEquals(
        Tool.Result.error("'none' does not exist; write makes files"), edit("none", "a", "b"));
    assertEquals(List.of(), names(workspace));
  }

  private Tool.Result read(String path) throws Exception {
    return run("read", Json.object().put("file_path", path));
  }

  private Tool.Result write(String path, String content) throws Exception {
    return run("write", Json.object().put("file_path", path).put("content", content));
  }

  private Tool.Result edit(String path, String old, String fresh) throws Exception {
    return run(
        "edit",
        Json.object().put("file_path", path).put("old_string", old).put("new_string", fresh));
  }

  private Tool.Result multiedit(String path, List<List<String>> edits) throws Exception {
    var input = Json.object().put("file_path", path);
    var array = input.putArray("edits");
    edits.forEach(
        edit -> array.addObject().put("old_string", edit.get(0)).put("new_string", edit.get(1)));
    return run("multiedit", input);
  }

  private Tool.Result run(String tool, ObjectNode input) throws InterruptedException {
    return tools.find(tool).orElseThrow().run(input, CancellationToken.never());
  }

  private static String firstLine(Tool.Result result) {
    return result.text().lines().findFirst().orElseThrow();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
