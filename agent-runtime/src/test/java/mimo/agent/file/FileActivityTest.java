package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.testing.RecordedStep;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// L55, L57, L58.
class FileActivityTest {

  @TempDir Path temp;
  private Path workspace;

  @BeforeEach
  void prepare() throws IOException {
    workspace = Files.createDirectory(temp.resolve("work"));
    Files.createDirectories(workspace.resolve("src/.hidden"));
    Files.writeString(workspace.resolve("src/b.txt"), "zwei\r\n\"é\"");
    Files.writeString(workspace.resolve("src/.hidden/a.txt"), "");
    Files.writeString(workspace.resolve(".gitignore"), "*.txt");
    Files.writeString(temp.resolve("secret.txt"), "outside");
    Files.createSymbolicLink(workspace.resolve("out"), temp);
    Files.createSymbolicLink(workspace.resolve("link.txt"), Path.of("src/b.txt"));
    Files.createSymbolicLink(workspace.resolve("src/leak.txt"), temp.resolve("secret.txt"));
  }

  @Test
  void readsTextAsItStands() throws Exception {
    assertEquals(completed("\"zwei\\r\\n\\\"é\\\"\""), perform("readFile", "path", "src/b.txt"));
    assertEquals(completed("\"\""), perform("readFile", "path", "src/.hidden/a.txt"));
  }

  @Test
  void givesNullForAMissingFile() throws Exception {
    assertEquals(completed("null"), perform("readFile", "path", "none.txt"));
  }

  @Test
  void replacesBytesThatAreNoText() throws Exception {
    Files.write(workspace.resolve("raw"), new byte[] {'a', (byte) 0xff, 'b'});

    assertEquals(completed("\"a\uFFFDb\""), perform("readFile", "path", "raw"));
  }

  @Test
  void refusesAFileAboveTheLimitAndTakesOneAtIt() throws Exception {
    Files.write(workspace.resolve("at"), new byte[AgentLimits.SCRIPT_FILE_BYTES]);
    Files.write(workspace.resolve("above"), new byte[AgentLimits.SCRIPT_FILE_BYTES + 1]);

    assertInstanceOf(ActivityResult.Completed.class, perform("readFile", "path", "at"));
    assertEquals(
        failed("value_too_large", "'above' has more than 4194304 bytes"),
        perform("readFile", "path", "above"));
  }

  @Test
  void saysWhatExists() throws Exception {
    assertEquals(completed("true"), perform("exists", "path", "src"));
    assertEquals(completed("true"), perform("exists", "path", "link.txt"));
    assertEquals(completed("false"), perform("exists", "path", "src/none"));
  }

  @Test
  void refusesToLeaveTheWorkspace() throws Exception {
    assertEquals(
        failed("path_escape", "'out/secret.txt' leads out of the workspace"),
        perform("readFile", "path", "out/secret.txt"));
    assertEquals(
        failed("path_escape", "'../secret.txt' leaves its folder by '..'"),
        perform("exists", "path", "../secret.txt"));
    assertEquals(
        failed("path_escape", "'/etc/*' is absolute; paths are relative to the workspace"),
        perform("glob", "pattern", "/etc/*"));
    assertEquals(
        failed("path_escape", "'src/../../*' leaves its folder by '..'"),
        perform("glob", "pattern", "src/../../*"));
    assertEquals(
        failed("path_escape", "'out' leads out of the workspace"),
        perform("glob", "pattern", "out/*"));
  }

  @Test
  void globsDotfilesAndIgnoredFilesAndNothingBehindOutwardLinks() throws Exception {
    assertEquals(
        completed("[\".gitignore\",\"link.txt\",\"src/.hidden/a.txt\",\"src/b.txt\"]"),
        perform("glob", "pattern", "**"));
    assertEquals(completed("[\"src/b.txt\"]"), perform("glob", "pattern", "src/*.txt"));
    assertEquals(completed("[\"src/b.txt\"]"), perform("glob", "pattern", "src/b.txt"));
    assertEquals(completed("[]"), perform("glob", "pattern", "none/*"));
    assertEquals(completed("[]"), perform("glob", "pattern", "link.txt/*"));
  }

  @Test
  void saysWhatIsWrongWithACall() throws Exception {
    assertEquals(
        failed("bad_argument", "'src' is a folder; readFile reads files"),
        perform("readFile", "path", "src"));
    assertEquals(
        failed("bad_argument", "'path' must be a string"), perform("readFile", "file", "src"));
    assertEquals(
        failed("bad_argument", "'chmod' is no operation on files"), perform("chmod", "path", "x"));
    assertEquals(
        failed("bad_argument", "pattern '[a' has a '[' that is not closed"),
        perform("glob", "pattern", "[a"));
  }

  @Test
  void writesFilesAndTheFoldersTheyNeed() throws Exception { // L56
    assertEquals(completed("null"), write("new/deep/a.txt", "eins\r\n\u0000é"));
    assertEquals(completed("null"), write("src/b.txt", ""));

    assertEquals("eins\r\n\u0000é", Files.readString(workspace.resolve("new/deep/a.txt")));
    assertEquals("", Files.readString(workspace.resolve("src/b.txt")));
  }

  @Test
  void aWriteMayBeDoneAgain() throws Exception { // L56, S62
    write("a.txt", "same");

    assertEquals(completed("null"), write("a.txt", "same"));
    assertEquals("same", Files.readString(workspace.resolve("a.txt")));
  }

  @Test
  void refusesToWriteOutside() throws Exception {
    assertEquals(
        failed("path_escape", "'out/secret.txt' leads out of the workspace"),
        write("out/secret.txt", "x"));
    assertEquals(failed("path_escape", "'../new' leaves its folder by '..'"), write("../new", "x"));
    assertEquals(failed("bad_argument", "'src' is a folder"), write("src", "x"));
    assertEquals("outside", Files.readString(temp.resolve("secret.txt")));
  }

  @Test
  void refusesTextWithAPlaceholder() throws Exception { // C70, S62
    assertEquals(
        failed("bad_argument", "the text for 'a.txt' holds a mark in place of a secret"),
        write("a.txt", "key = [REDACTED:live:0af3]"));
    assertFalse(Files.exists(workspace.resolve("a.txt")));
  }

  @Test
  void refusesTextThatIsTooLarge() throws Exception {
    assertEquals(completed("null"), write("a.txt", "x".repeat(AgentLimits.SCRIPT_WRITE_BYTES)));
    assertEquals(
        failed("value_too_large", "the text for 'a.txt' has more than 4194304 bytes"),
        write("a.txt", "é" + "x".repeat(AgentLimits.SCRIPT_WRITE_BYTES - 1)));
  }

  @Test
  void refusesWhatIsNotPermittedByItsNameOrBehindALink() throws Exception { // L56, A48
    Files.writeString(workspace.resolve("protected.txt"), "old");
    Files.createSymbolicLink(workspace.resolve("alias"), Path.of("protected.txt"));
    Files.writeString(workspace.resolve("plain"), "old");
    Files.createSymbolicLink(workspace.resolve("src/protected.txt"), Path.of("../plain"));

    for (var path : List.of("protected.txt", "alias", "src/protected.txt", "new/protected.txt")) {
      assertEquals(
          failed("permission_denied", "'" + path + "' may not be written to"), write(path, "x"));
    }
    assertEquals("old", Files.readString(workspace.resolve("protected.txt")));
    assertEquals("old", Files.readString(workspace.resolve("plain")));
  }

  @Test
  void aRehearsalWritesNothing() throws Exception { // L116
    var guard = PathGuard.over(workspace);
    var rehearsal = new FileActivity(guard, ScriptWrites.rehearsed(guard));

    assertEquals(completed("null"), write(rehearsal, "new.txt", "x"));
    assertEquals(completed("null"), write(rehearsal, "src/b.txt", "x"));
    assertEquals(failed("bad_argument", "'src' is a folder"), write(rehearsal, "src", "x"));
    assertEquals(
        failed("path_escape", "'../x' leaves its folder by '..'"), write(rehearsal, "../x", "x"));

    assertFalse(Files.exists(workspace.resolve("new.txt")));
    assertEquals("zwei\r\n\"é\"", Files.readString(workspace.resolve("src/b.txt")));
  }

  @Test
  void stopsAWalkWhenCancelled() {
    var step = new RecordedStep();
    step.cancel();
    var activity = activity();
    var request =
        RecordedStep.request(StepKind.FILE, "{\"operation\":\"glob\",\"pattern\":\"**\"}");

    assertThrows(InterruptedException.class, () -> activity.perform(request, step));
  }

  private ActivityResult perform(String operation, String key, String value) throws Exception {
    var input = Json.write(Json.object().put("operation", operation).put(key, value));
    return activity().perform(RecordedStep.request(StepKind.FILE, input), new RecordedStep());
  }

  private FileActivity activity() {
    try {
      var guard = PathGuard.over(workspace);
      var files = new FileReplacement(guard, new FileLocks(temp.resolve("locks")));
      return new FileActivity(guard, ScriptWrites.real(guard, files, this::isPermitted));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private boolean isPermitted(Path path) {
    return !path.endsWith("protected.txt");
  }

  private ActivityResult write(String path, String text) throws Exception {
    return write(activity(), path, text);
  }

  private static ActivityResult write(FileActivity activity, String path, String text)
      throws InterruptedException {
    var input = Json.object().put("operation", "writeFile").put("path", path).put("text", text);
    return activity.perform(
        RecordedStep.request(StepKind.FILE, Json.write(input)), new RecordedStep());
  }

  private static ActivityResult completed(String value) {
    return new ActivityResult.Completed(value, "{}");
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, "{}");
  }
}
