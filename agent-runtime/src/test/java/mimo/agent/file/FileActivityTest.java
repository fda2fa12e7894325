package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      return new FileActivity(PathGuard.over(workspace));
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static ActivityResult completed(String value) {
    return new ActivityResult.Completed(value, "{}");
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, "{}");
  }
}
