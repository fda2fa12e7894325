package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SandboxProcessTest extends SandboxContract {

  @TempDir Path scratch;

  @Override
  Sandbox open(SandboxLimits limits) {
    return SandboxProcess.spawn(Workers.plain(scratch).withLimits(limits));
  }

  private static SandboxException endOf(Sandbox sandbox, String body) {
    try (sandbox) {
      return assertThrows(SandboxException.class, () -> new ScriptDriver(sandbox).run(body));
    }
  }

  private static List<ProcessHandle> descendants() {
    return ProcessHandle.current().descendants().filter(ProcessStatus::runs).toList();
  }

  @Test
  void saysHowItIsConfined() { // S5
    try (var plain = SandboxProcess.spawn(Workers.plain(scratch))) {
      assertEquals("process-only", plain.confinement());
    }
  }

  @Test
  void isWrappedWhereThatWorks() throws Exception { // S5
    assumeTrue(Workers.canWrap(), "bubblewrap is not installed here");
    try (var wrapped = SandboxProcess.spawn(Workers.wrapped(scratch))) {
      assertEquals("process+os", wrapped.confinement());

      assertEquals("3", new ScriptDriver(wrapped).run("return 1 + await 2;").value());
    }
  }

  @Test
  void comesUpWrappedWithoutACacheThatIsGoneOrDamaged() throws Exception { // S4
    assumeTrue(Workers.canWrap(), "bubblewrap is not installed here");
    var cache = scratch.resolve("worker.aot");

    try (var gone = SandboxProcess.spawn(Workers.wrapped(scratch).withCache(cache))) {
      assertEquals("process+os", gone.confinement());
    }
    Files.writeString(cache, "no cache");
    try (var damaged = SandboxProcess.spawn(Workers.wrapped(scratch).withCache(cache))) {
      assertEquals("1", new ScriptDriver(damaged).run("return 1;").value());
      assertTrue(damaged.workerLog().contains("AOT cache"), damaged.workerLog());
    }
  }

  @Test
  void fallsBackToTheProcessAloneWhereWrappingFails() throws Exception { // S5
    var settings =
        WorkerSettings.of(Workers.java(), Workers.classPath(), Path.of("/bin/false"), scratch);

    try (var sandbox = SandboxProcess.spawn(settings)) {
      assertEquals("process-only", sandbox.confinement());
      assertEquals("1", new ScriptDriver(sandbox).run("return 1;").value());
    }
  }

  @Test
  void refusesWhereWrappingIsRequiredAndFails() { // S5
    var settings =
        WorkerSettings.of(Workers.java(), Workers.classPath(), Path.of("/bin/false"), scratch)
            .withWrapping(WorkerSettings.Wrapping.REQUIRED);

    var failure = endOf(SandboxProcess.spawn(settings), "return 1;");

    assertEquals("sandbox_unavailable", failure.code());
  }

  @Test
  void stopsAnEndlessLoopWithinItsCpuLimit() { // S19, S20, L103
    var limits =
        SandboxLimits.defaults()
            .withTimes(t -> t.withEntry(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    long before = System.nanoTime();

    var end = endOf(open(limits), "for (;;);");

    assertEquals("script_cpu", end.code());
    assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 30);
  }

  @Test
  void stopsAnEndlessChainOfMicrotasks() { // S19
    var limits =
        SandboxLimits.defaults()
            .withTimes(t -> t.withEntry(Duration.ofSeconds(1), Duration.ofSeconds(60)));

    var end = endOf(open(limits), "const f = () => Promise.resolve().then(f); await f();");

    assertEquals("script_cpu", end.code());
  }

  @Test
  void stopsAnEntryThatSleepsInsteadOfComputingByItsWallTime() { // S20
    var limits =
        SandboxLimits.defaults()
            .withTimes(t -> t.withEntry(Duration.ofSeconds(60), Duration.ofSeconds(1)));

    var end = endOf(open(limits), "for (;;);");

    assertEquals("script_cpu", end.code());
    assertTrue(end.toString().contains("s without waiting"), end.toString());
  }

  @Test
  void countsTheCpuOfAllEntriesTogether() { // S20
    var limits = SandboxLimits.defaults().withTimes(t -> t.withTotal(Duration.ofMillis(1500)));

    var end =
        endOf(
            open(limits),
            "for (;;) { const end = 2e6; for (let i = 0; i < end; i++); await agent('p'); }");

    assertEquals("script_cpu", end.code());
    assertTrue(end.toString().contains("in all"), end.toString());
  }

  @Test
  void waitingForAnAnswerIsFree() throws Exception { // S19
    var limits =
        SandboxLimits.defaults()
            .withTimes(t -> t.withEntry(Duration.ofSeconds(5), Duration.ofMillis(700)));
    try (var sandbox = open(limits)) {
      sandbox.compile(ScriptDriver.script("return await agent('p');"));
      var guest = sandbox.start(new ScriptDriver(sandbox).launch());
      guest.next();
      guest.next();
      var idle = Thread.ofPlatform().start(() -> awaitMillis(1500));
      idle.join();
      guest.settle(1, ScriptDriver.resolved("1", 1));

      assertEquals(new GuestEvent.Finished("1"), guest.next());
    }
  }

  private static void awaitMillis(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void endsAGuestThatFillsItsHeap() { // S3, S20, L104
    var limits = SandboxLimits.defaults().withMemory(m -> m.withHeap(64L << 20));

    var end = endOf(open(limits), "const a = []; for (;;) a.push(new Array(1000).fill(a));");

    assertEquals("script_memory", end.code());
  }

  @Test
  void endsAGuestOverItsResidentSize() { // S20
    var limits = SandboxLimits.defaults().withMemory(m -> m.withResident(40L << 20));

    var end = endOf(open(limits), "for (;;);");

    assertEquals("script_memory", end.code());
    assertTrue(end.toString().contains("at most 40"), end.toString());
  }

  @Test
  void aWorkerKilledFromOutsideIsATypedEnd() throws Exception { // S22
    try (var sandbox = open(SandboxLimits.defaults())) {
      sandbox.compile(ScriptDriver.script("await agent('p');"));
      var guest = sandbox.start(new ScriptDriver(sandbox).launch());
      guest.next();
      guest.next();
      descendants().forEach(ProcessHandle::destroyForcibly);

      var end = assertThrows(SandboxException.class, guest::next);

      assertEquals("worker_died", end.code());
      assertTrue(
          end.toString().contains("the worker died with exit code 137 after its frame "),
          end.toString());
    }
  }

  @Test
  void closingLeavesNoProcessAndNoFolder() throws Exception { // S21
    for (var settings : List.of(Workers.plain(scratch), Workers.wrapped(scratch))) {
      assumeTrue(settings.bubblewrap() == null || Workers.canWrap(), "no bubblewrap here");
      var sandbox = SandboxProcess.spawn(settings);
      sandbox.compile(ScriptDriver.script("for (;;);"));
      sandbox.start(new ScriptDriver(sandbox).launch());
      var running = descendants();
      assertFalse(running.isEmpty());

      sandbox.close();
      sandbox.close();

      assertEquals(List.of(), running.stream().filter(ProcessStatus::runs).toList());
      assertEquals(List.of(), listed(scratch));
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void closingBeforeTheWorkerIsUpLeavesNoProcess() {
    var sandbox = SandboxProcess.spawn(Workers.plain(scratch));

    sandbox.close();

    assertEquals(List.of(), descendants());
  }

  @Test
  void theWorkerSaysNothingOnItsErrorStream() throws Exception { // S3
    try (var sandbox = SandboxProcess.spawn(Workers.plain(scratch))) {
      new ScriptDriver(sandbox).run("await agent('p'); return 1;");

      assertEquals("", sandbox.workerLog());
    }
  }

  @Test
  void capsWhatAllFramesTogetherMayCarry() { // S6
    var limits = SandboxLimits.defaults().withPipe(p -> p.withTotal(300_000));

    var end = endOf(open(limits), "for (;;) await agent('x'.repeat(10000));");

    assertEquals("value_too_large", end.code());
  }
}
