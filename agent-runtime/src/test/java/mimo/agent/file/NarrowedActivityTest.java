package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mimo.agent.testing.RecordedStep;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Work in a part of the workspace (L44, L58).
class NarrowedActivityTest {

  @TempDir Path temp;
  private NarrowedActivity files;

  @BeforeEach
  void prepare() throws IOException {
    var workspace = Files.createDirectory(temp.resolve("work"));
    Files.createDirectories(workspace.resolve("part/deep"));
    Files.writeString(workspace.resolve("a.txt"), "whole");
    Files.writeString(workspace.resolve("part/a.txt"), "part");
    Files.writeString(temp.resolve("a.txt"), "outside");
    Files.createSymbolicLink(workspace.resolve("out"), temp);
    Files.createSymbolicLink(workspace.resolve("part/up"), workspace);
    files =
        new NarrowedActivity(
            PathGuard.over(workspace),
            guard -> new FileActivity(guard, ScriptWrites.rehearsed(guard)));
  }

  @Test
  void readsTheFolderThatIsNamed() throws Exception {
    assertEquals(completed("\"whole\""), read("{%s}", "a.txt"));
    assertEquals(completed("\"part\""), read("{%s,\"workspace\":\"part\"}", "a.txt"));
    assertEquals(completed("null"), read("{%s,\"workspace\":\"part/deep\"}", "a.txt"));
  }

  @Test
  void doesNotSeeWhatLiesBesideIt() throws Exception {
    assertEquals(
        failed("path_escape", "'up/a.txt' leads out of the workspace"),
        read("{%s,\"workspace\":\"part\"}", "up/a.txt"));
    assertEquals(
        failed("path_escape", "'../a.txt' leaves its folder by '..'"),
        read("{%s,\"workspace\":\"part\"}", "../a.txt"));
  }

  @Test
  void isNeverWider() throws Exception {
    assertEquals(
        failed("path_escape", "'out' leads out of the workspace"),
        read("{%s,\"workspace\":\"out\"}", "a.txt"));
    assertEquals(
        failed("path_escape", "'part/../..' leaves its folder by '..'"),
        read("{%s,\"workspace\":\"part/../..\"}", "a.txt"));
  }

  @Test
  void isAFolder() throws Exception {
    assertEquals(
        failed("bad_argument", "the workspace 'a.txt' is no folder"),
        read("{%s,\"workspace\":\"a.txt\"}", "a.txt"));
    assertEquals(
        failed("bad_argument", "the workspace 'none' is no folder"),
        read("{%s,\"workspace\":\"none\"}", "a.txt"));
  }

  private ActivityResult read(String input, String path) throws InterruptedException {
    var asked = "\"operation\":\"readFile\",\"path\":\"%s\"".formatted(path);
    var step = new RecordedStep();
    return files.perform(RecordedStep.request(StepKind.FILE, input.formatted(asked)), step);
  }

  private static ActivityResult completed(String json) {
    return new ActivityResult.Completed(json, "{}");
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, "{}");
  }
}
