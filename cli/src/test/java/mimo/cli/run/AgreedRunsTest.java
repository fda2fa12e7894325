package mimo.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.GrantRequest;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.Attendance;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// L7: what a script asks for is asked once, at the launch, and kept with the run.
@Timeout(120)
final class AgreedRunsTest {

  private static final Audience NOBODY = Audience.of(List.of());
  private static final Resumption CONTINUE = new Resumption(Mode.CONTINUE, Changes.NONE);
  private static final String SECRET = "{permission: 'read', patterns: ['.env.local', '.env.new']}";

  @TempDir Path home;

  private final List<GrantRequest> requests = new ArrayList<>();
  private WholeStack stack;

  @BeforeEach
  void open() throws Exception {
    stack = new WholeStack(home, new EchoModel(1), SandboxLimits.defaults());
    Files.writeString(stack.folder().resolve(".env.local"), "colour=blue\n");
    Files.writeString(stack.folder().resolve(".env.other"), "colour=red\n");
    Files.writeString(stack.folder().resolve(".env.new"), "colour=green\n");
  }

  @AfterEach
  void close() {
    stack.close();
  }

  private Audience saying(GrantAnswer answer) {
    return Audience.of(
        List.of(),
        Attendance.UNATTENDED,
        request -> {
          requests.add(request);
          return answer;
        });
  }

  /// Says of both files whether they could be read.
  private static String script(String permissions, String more) {
    return """
    export const meta = { name: 'm', description: 'd', permissions: [%s] };
    const look = async (name) => (await tool(
      { definition: 'read', args: { file_path: name }, failureMode: 'settled' })).status;
    %s
    return [await look('.env.local'), await look('.env.other')];
    """
        .formatted(permissions, more);
  }

  private RunResult start(String script, Audience audience) throws InterruptedException {
    try (var running = stack.runs().start(stack.launch("m.js", script, null), audience)) {
      return running.await();
    }
  }

  private RunResult resume(RunId run, Resumption how, Audience audience)
      throws InterruptedException {
    try (var running = stack.runs().resume(run, how, audience)) {
      return running.await();
    }
  }

  private static String value(RunResult result) {
    return assertInstanceOf(RunResult.Completed.class, result).value();
  }

  @Test
  void aYesGivesExactlyWhatWasAskedForL7() throws Exception {
    var result = start(script(SECRET, ""), saying(GrantAnswer.GRANTED));

    assertEquals("[\"succeeded\",\"denied\"]", value(result));
    assertEquals(1, requests.size());
    assertEquals(List.of(), stack.notices());
  }

  @Test
  void aNoDeniesAndTheRunGoesOnL7() throws Exception {
    assertEquals(
        "[\"denied\",\"denied\"]", value(start(script(SECRET, ""), saying(GrantAnswer.REFUSED))));
  }

  @Test
  void whereNobodyIsThereItIsDeniedAndToldAndTheRunGoesOnL7() throws Exception {
    assertEquals("[\"denied\",\"denied\"]", value(start(script(SECRET, ""), NOBODY)));
    assertEquals(
        List.of(
            "m.js asks for permissions, and nobody was asked: read \".env.local\", read"
                + " \".env.new\" denied. It and its agents may do what your rules allow;"
                + " --allow-requested allows more without a question"),
        stack.notices());
  }

  @Test
  void whoAsksForEverythingGetsNothingL7() throws Exception {
    var everything =
        "{permission: '*'}, {permission: 'read'}, {permission: 'read', patterns: ['']}";

    var result = start(script(everything, ""), saying(GrantAnswer.GRANTED));

    assertEquals("[\"denied\",\"denied\"]", value(result));
    assertEquals(List.of(), requests);
  }

  @Test
  void whoAsksForMoreThanAnybodyReadsGetsNothingL7() throws Exception {
    var patterns =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> i == 0 ? "'.env.local'" : "'file" + i + "'")
            .collect(Collectors.joining(","));

    var result =
        start(
            script("{permission: 'read', patterns: [" + patterns + "]}", ""),
            saying(GrantAnswer.GRANTED));

    assertEquals("[\"denied\",\"denied\"]", value(result));
    assertEquals(List.of(), requests);
    assertEquals(
        List.of(
            "m.js asks for 101 permissions, more than the 100 anybody looks through: all are"
                + " denied"),
        stack.notices());
  }

  private RunId stopped(Audience audience) throws Exception {
    var script = script(SECRET, "for (let i = 0; i < 400; i++) await agent('q' + i);");
    try (var running = stack.runs().start(stack.launch("m.js", script, null), audience)) {
      running.pause();
      return assertInstanceOf(RunResult.Paused.class, running.await()).id();
    }
  }

  @Test
  void aResumedRunIsNotAskedAgainL7() throws Exception {
    var granted = stopped(saying(GrantAnswer.GRANTED));
    var refused = stopped(saying(GrantAnswer.REFUSED));
    var unanswered = stopped(NOBODY);
    requests.clear();

    assertEquals("[\"succeeded\",\"denied\"]", value(resume(granted, Resumption.EXACT, NOBODY)));
    for (var run : List.of(refused, unanswered)) {
      assertEquals(
          "[\"denied\",\"denied\"]",
          value(resume(run, Resumption.EXACT, saying(GrantAnswer.GRANTED))));
    }
    assertEquals(List.of(), requests);
  }

  @Test
  void anImportedRunHasNothingThatSomebodyAgreedToElsewhereL7() throws Exception {
    var run = stopped(saying(GrantAnswer.GRANTED));
    var file = home.resolve("run.mimorun");
    stack.runs().shelf().export(run, file);

    var imported = stack.runs().shelf().take(file);

    assertNotEquals(run, imported);
    assertEquals("[\"denied\",\"denied\"]", value(resume(imported, Resumption.EXACT, NOBODY)));
    assertEquals("[\"succeeded\",\"denied\"]", value(resume(run, Resumption.EXACT, NOBODY)));
  }

  @Test
  void anImportedRunThatIsContinuedAsksAnewL7() throws Exception {
    var file = home.resolve("run.mimorun");
    stack.runs().shelf().export(start(script(SECRET, ""), saying(GrantAnswer.GRANTED)).id(), file);
    var imported = stack.runs().shelf().take(file);
    requests.clear();
    edit(SECRET);

    assertEquals("\"denied\"", value(resume(imported, CONTINUE, saying(GrantAnswer.REFUSED))));
    assertEquals(1, requests.size());
  }

  /// The script now looks at a file that it did not look at before.
  private void edit(String permissions) throws Exception {
    var looking = script(permissions, "return await look('.env.new');");
    Files.writeString(stack.folder().resolve("m.js"), looking);
  }

  @Test
  void anEditedScriptIsAskedAnewAlsoForTheSameL7() throws Exception {
    var run = start(script(SECRET, ""), saying(GrantAnswer.GRANTED)).id();
    requests.clear();
    edit(SECRET);

    assertEquals("\"denied\"", value(resume(run, CONTINUE, saying(GrantAnswer.REFUSED))));
    assertEquals(1, requests.size());
  }

  @Test
  void whereNobodyIsThereAnEditedScriptIsDeniedWhatWasAgreedToL7() throws Exception {
    var run = start(script(SECRET, ""), saying(GrantAnswer.GRANTED)).id();
    edit("{permission: 'read', patterns: ['.env.new']}");

    assertEquals("\"denied\"", value(resume(run, CONTINUE, NOBODY)));
    assertEquals(
        List.of(
            "m.js asks for permissions, and nobody was asked: read \".env.new\" denied. It and its"
                + " agents may do what your rules allow; --allow-requested allows more without a"
                + " question"),
        stack.notices());
  }

  @Test
  void aScriptThatIsContinuedAsItWasKeepsItsAnswerL7() throws Exception {
    var run = stopped(saying(GrantAnswer.GRANTED));

    assertEquals("[\"succeeded\",\"denied\"]", value(resume(run, CONTINUE, NOBODY)));
  }

  @Test
  void anEditedScriptThatAsksForMoreIsAskedAnewL7() throws Exception {
    var run = start(script(SECRET, ""), saying(GrantAnswer.GRANTED)).id();
    requests.clear();
    edit("{permission: 'read', patterns: ['.env.new', '.env.other']}");

    assertEquals("\"denied\"", value(resume(run, CONTINUE, saying(GrantAnswer.REFUSED))));
    assertEquals(1, requests.size());
  }

  @Test
  void anEditedScriptWhoseRunNobodyAnsweredAsksAgainL7() throws Exception {
    var run = start(script(SECRET, ""), NOBODY).id();
    edit(SECRET);

    assertEquals("\"succeeded\"", value(resume(run, CONTINUE, saying(GrantAnswer.GRANTED))));
  }

  @Test
  void aForkIsAnotherRunAndAsksForItselfL7() throws Exception {
    var script = script(SECRET, "await agent('q');");
    var run = start(script, saying(GrantAnswer.GRANTED)).id();
    requests.clear();
    var order = new ForkOrder(1, Changes.NONE, null, ForkOrder.Later.FORGOTTEN);

    try (var running = stack.runs().fork(run, order, saying(GrantAnswer.REFUSED))) {
      assertEquals("[\"denied\",\"denied\"]", value(running.await()));
    }
    assertEquals(1, requests.size());
  }
}
