package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.WorkerSettings.Wrapping;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameWriter;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.Workers;
import mimo.sandbox.worker.WorkerArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A worker taken over by its guest may send anything. Here shell scripts play it.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenWorkerTest {

  private static final String READY = "printf '\\000\\000\\000\\026{\"v\":1,\"kind\":\"ready\"}'\n";
  private static final Path FOLDER = Path.of("src/test/resources/hostile/process");
  private static final String STAY = "exec /bin/cat >/dev/null\n";

  @TempDir Path scratch;

  private SandboxException endOf(String script) throws IOException {
    try (var sandbox = SandboxProcess.spawn(playedBy(script))) {
      return assertThrows(
          SandboxException.class, () -> sandbox.compile(ScriptDriver.script("return 1;")));
    }
  }

  static List<String> acts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("acts")
  void whatIsNoAnswerEndsTheRunWithItsName(String file) throws Exception { // S6, S22, S25 process
    var act = Files.readString(FOLDER.resolve(file));
    var expected = act.lines().findFirst().orElseThrow().replace("# expect: ", "");

    // Some of these end at once, before the worker would stay.
    var end = endOf(READY + act + STAY);

    assertEquals(expected, end.code(), end.toString());
  }

  /// How a worker ends that answers so when it is asked to take out types.
  private String endOfErasing(String text, Frame.FromWorker... answer) throws Exception {
    var script = new ScriptSource("demo.ts", text);
    return endOfAnswering(script, new Frame.Erase(script), answer);
  }

  /// How a worker ends that gives this answer to the first question about a script.
  private String endOfAnswering(
      ScriptSource script, Frame.ToWorker question, Frame.FromWorker... answer) throws Exception {
    Files.write(scratch.resolve("answer"), bytes(answer));
    var act =
        "/usr/bin/head -c %d >/dev/null; /bin/cat %s/answer\n"
            .formatted(bytes(question).length, scratch);
    try (var sandbox = SandboxProcess.spawn(playedBy(READY + act + STAY))) {
      var end = assertThrows(SandboxException.class, () -> sandbox.compile(script));
      return end.code() + ": " + end.getMessage();
    }
  }

  @Test
  void whatIsMoreThanBlankedIsNotBelieved() throws Exception { // L3, S6
    var script = "export const meta = {name: 't', description: 'd'};let a: T = 1";
    var idle = new Frame.Idle(1, null);

    assertEquals(
        "worker_protocol: the worker did not only blank parts of demo.ts",
        endOfErasing(script, new Frame.Erased(script.replace(": T = 1", "    = 2")), idle));
    assertEquals(
        "worker_protocol: the worker did not only blank parts of demo.ts",
        endOfErasing(script, new Frame.Erased(script + ";"), idle));
    assertEquals(
        "worker_protocol: the worker does not answer with a text",
        endOfErasing(script, new Frame.Judged(new Compilation.Compiled("{}")), idle));
    assertEquals(
        "worker_protocol: the worker goes on after its answer",
        endOfErasing(script, new Frame.Erased(script), new Frame.Erased(script)));
  }

  @Test
  void whatIsNoJudgementOfAScriptIsNotTaken() throws Exception { // S6
    var script = ScriptDriver.script("return 1;");
    var idle = new Frame.Idle(1, null);

    assertEquals(
        "worker_protocol: the worker does not answer with a compilation",
        endOfAnswering(script, new Frame.Compile(0, script), idle, idle));
  }

  /// A worker that compiles as it should, and says something else than it should once started.
  private String endAfterStart(Frame.FromWorker... lies) throws Exception {
    var script = ScriptDriver.script("return 1;");
    Files.write(scratch.resolve("ready"), bytes(new Frame.Ready()));
    Files.write(
        scratch.resolve("compiled"),
        bytes(new Frame.Judged(new Compilation.Compiled("{}")), new Frame.Idle(1, null)));
    Files.write(scratch.resolve("lies"), bytes(lies));
    var act =
        """
        cat %1$s/ready; /usr/bin/head -c %2$d >/dev/null; cat %1$s/compiled
        /usr/bin/head -c 1 >/dev/null; cat %1$s/lies
        """
            .formatted(scratch, bytes(new Frame.Compile(0, script)).length);
    try (var sandbox = SandboxProcess.spawn(playedBy("PATH=/usr/bin:/bin\n" + act + STAY))) {
      sandbox.compile(script);
      var guest =
          sandbox.start(
              new GuestLaunch(List.of(), null, "{}", ScriptDriver.SEED, ScriptDriver.CLOCK, 0));
      var end =
          assertThrows(
              SandboxException.class,
              () -> {
                while (!(guest.next() instanceof GuestEvent.Finished)) {
                  // What is no lie is taken.
                }
              });
      return end.code() + ": " + end.getMessage();
    }
  }

  private static byte[] bytes(Frame... frames) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new FrameWriter(out, WorkerArguments.caps(SandboxLimits.defaults()));
    for (var frame : frames) {
      writer.write(frame);
    }
    return out.toByteArray();
  }

  private static Frame.FromWorker call(int number) {
    return new Frame.Told(
        0, new GuestEvent.Called(number, "agent", "{}", "", "{}", new Position(1, 1)));
  }

  @Test
  void aWorkerThatLiesOnceStartedIsKilled() throws Exception { // S6, S25 process
    assertEquals("worker_protocol: the worker starts over", endAfterStart(new Frame.Ready()));
    assertEquals(
        "worker_protocol: the worker starts over",
        endAfterStart(new Frame.Judged(new Compilation.Compiled("{}"))));
    assertEquals("worker_protocol: call 2 comes after call 0", endAfterStart(call(2)));
    assertEquals("worker_protocol: call 1 comes after call 1", endAfterStart(call(1), call(1)));
    assertEquals(
        "worker_protocol: the worker is idle after frame 7 of 2",
        endAfterStart(
            new Frame.Told(0, new GuestEvent.Noted("log", "{}", "", "{}", new Position(1, 1))),
            new Frame.Idle(7, null)));
  }

  @Test
  void thereAreEnoughActs() throws IOException { // S25
    assertTrue(acts().size() >= 4, "only " + acts());
  }

  @Test
  void aCrashIsToldWithItsExitCodeAndItsLastFrame() throws Exception { // S22
    var crash = endOf(READY + "echo oops >&2\nexit 9\n");

    assertEquals("worker_died", crash.code());
    assertTrue(crash.toString().contains("exit code 9 after its frame 0"), crash.toString());
  }

  @Test
  void aWorkerThatNeverGreetsIsUnavailable() throws Exception {
    var end = endOf("echo 'cannot start' >&2\nexit 1\n");

    assertEquals("sandbox_unavailable", end.code());
    assertTrue(end.toString().contains("(exit code 1): cannot start"), end.toString());
  }

  @Test
  void aGreetingInOtherWordsIsNone() throws Exception { // S6
    Files.write(scratch.resolve("greeting"), bytes(new Frame.Idle(0, null)));

    var end = endOf("/bin/cat %s/greeting\nexit 3\n".formatted(scratch));

    assertEquals(
        "sandbox_unavailable: the worker died at its start (exit code 3): ",
        end.code() + ": " + end.getMessage());
  }

  @Test
  void aWorkerThatIsClosedBeforeItGreetsSaysSo() throws Exception { // S21
    var sandbox = SandboxProcess.spawn(playedBy(STAY));
    assertEquals("", sandbox.workerLog());

    sandbox.close();

    var end = assertThrows(SandboxException.class, sandbox::confinement);
    assertEquals("worker_died: the sandbox was closed", end.code() + ": " + end.getMessage());
    assertEquals("", sandbox.workerLog());
  }

  @Test
  void aWorkerThatRecordsMayEndByItself() throws Exception { // S4
    var last = scratch.resolve("last");
    var act = READY + "/bin/cat >/dev/null\necho done >%s\n".formatted(last);
    var sandbox = SandboxProcess.spawn(playedBy(act).recording(scratch.resolve("cache")));
    sandbox.confinement();

    sandbox.close();

    assertEquals("done\n", Files.readString(last));
  }

  @Test
  void whoeverClosesWhileInterruptedStaysSo() throws Exception { // S21
    var sandbox = SandboxProcess.spawn(playedBy(READY + STAY));
    sandbox.confinement();

    Thread.currentThread().interrupt();
    sandbox.close();

    assertTrue(Thread.interrupted());
    assertEquals(
        List.of(), ProcessHandle.current().descendants().filter(ProcessStatus::runs).toList());
  }

  @Test
  void aWorkerThatIsSilentAtItsStartIsGivenUp() throws Exception {
    var worker = scratch.resolve("silent.sh");
    Files.writeString(worker, "#!/bin/sh\n" + STAY);
    Files.setPosixFilePermissions(worker, PosixFilePermissions.fromString("rwx------"));
    var limits = SandboxLimits.defaults().withTimes(t -> t.withStart(Duration.ofMillis(300)));
    var settings =
        WorkerSettings.of(worker, Workers.classPath(), null, scratch)
            .withWrapping(Wrapping.NEVER)
            .withLimits(limits);

    try (var sandbox = SandboxProcess.spawn(settings)) {
      var end = assertThrows(SandboxException.class, sandbox::confinement);

      assertEquals("sandbox_unavailable", end.code());
    }
  }

  private WorkerSettings playedBy(String script) throws IOException {
    var worker = scratch.resolve("worker.sh");
    Files.writeString(worker, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(worker, PosixFilePermissions.fromString("rwx------"));
    return WorkerSettings.of(worker, Workers.classPath(), null, scratch)
        .withWrapping(Wrapping.NEVER);
  }

  @Test
  void aWorkerThatDoesNotReadIsKilledInTime() throws Exception { // S19, S20
    var limits =
        SandboxLimits.defaults()
            .withTimes(t -> t.withEntry(Duration.ofSeconds(5), Duration.ofMillis(300)));
    var moreThanAPipeHolds = "/*" + "x".repeat(400_000) + "*/";
    var settings = playedBy(READY + "exec /bin/sleep 1000\n").withLimits(limits);

    try (var sandbox = SandboxProcess.spawn(settings)) {
      var end =
          assertThrows(
              SandboxException.class,
              () -> sandbox.compile(ScriptDriver.script(moreThanAPipeHolds)));

      assertEquals("script_cpu", end.code(), end.toString());
    }
  }

  @Test
  void closingLeavesNoThreadThatReadsForNobody() throws Exception { // S22
    Thread reader;
    var flood = "while :; do " + READY.strip() + "; done\n";
    try (var sandbox = SandboxProcess.spawn(playedBy(READY + flood))) {
      sandbox.confinement();
      reader = readerHeldByAFullQueue();
    }

    assertTrue(reader.join(Duration.ofSeconds(10)), "the reader waits for ever");
  }

  private static Thread readerHeldByAFullQueue() throws InterruptedException {
    while (true) {
      var held =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("worker-stream"))
              .filter(thread -> thread.getState() == Thread.State.WAITING)
              .findFirst();
      if (held.isPresent()) {
        return held.get();
      }
      Thread.onSpinWait();
    }
  }
}
