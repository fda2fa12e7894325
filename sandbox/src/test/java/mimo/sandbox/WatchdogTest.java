package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import mimo.sandbox.Watchdog.Usage;
import mimo.sandbox.Watchdog.Work;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private long nanos;
  private final Watchdog watchdog = new Watchdog(SandboxLimits.defaults(), () -> nanos);

  private Optional<String> judge(double cpuSeconds) {
    return judge(cpuSeconds, 1);
  }

  private Optional<String> judge(double cpuSeconds, long resident) {
    var usage = new Usage(Duration.ofMillis(Math.round(cpuSeconds * 1000)), resident);
    return watchdog.judge(usage).map(why -> why.code() + ": " + why.getMessage());
  }

  private void seconds(long count) {
    nanos += Duration.ofSeconds(count).toNanos();
  }

  @Test
  void cpuOfAnEntryCountsFromItsFirstLook() { // S19
    watchdog.delivered(1, Work.SCRIPT);

    assertEquals(Optional.empty(), judge(2));
    assertEquals(Optional.empty(), judge(7));
    assertEquals(
        Optional.of(
            "script_cpu: the script ran 5.01 s of CPU without waiting; at most 5.00 s are allowed"),
        judge(7.01));
  }

  @Test
  void anotherEntryStartsAnew() { // S19
    watchdog.delivered(1, Work.SCRIPT);
    judge(0);
    judge(4);
    watchdog.delivered(2, Work.SCRIPT);

    assertEquals(Optional.empty(), judge(8));
    assertEquals(Optional.empty(), judge(12));
    assertTrue(judge(13.1).isPresent());
  }

  @Test
  void takingOutTypesHasTimeOfItsOwn() { // L3, S19
    watchdog.delivered(1, Work.ERASURE);
    judge(0);

    assertEquals(Optional.empty(), judge(60));
    assertEquals(
        Optional.of(
            "script_cpu: taking out the script's types ran 60.10 s of CPU without waiting; at most"
                + " 60.00 s are allowed"),
        judge(60.1));
  }

  @Test
  void takingOutTypesTakesNothingFromTheScript() { // L3, S20
    watchdog.delivered(1, Work.ERASURE);
    judge(10);
    judge(35);
    watchdog.delivered(2, Work.SCRIPT);

    assertEquals(Optional.empty(), judge(35));
    assertEquals(Optional.empty(), judge(40));
    watchdog.idle();
    assertEquals(Optional.empty(), judge(145));
    assertEquals(
        Optional.of(
            "script_cpu: the script used 120.10 s of CPU in all; at most 120.00 s are allowed"),
        judge(145.1));
  }

  @Test
  void anIdleWorkerMayUseCpuUpToTheTotal() { // S20
    watchdog.delivered(1, Work.SCRIPT);
    watchdog.idle();

    assertEquals(Optional.empty(), judge(100));
    assertEquals(Optional.empty(), judge(120));
    assertEquals(
        Optional.of(
            "script_cpu: the script used 120.10 s of CPU in all; at most 120.00 s are allowed"),
        judge(120.1));
  }

  @Test
  void wallTimeCountsOnlyWhileSomebodyWaits() { // S20
    watchdog.delivered(1, Work.SCRIPT);
    judge(0);
    watchdog.waitBegins();
    seconds(40);
    watchdog.waitEnds();
    seconds(1000);
    watchdog.waitBegins();
    seconds(20);

    assertEquals(Optional.empty(), judge(1));
    seconds(1);
    assertEquals(
        Optional.of(
            "script_cpu: the script ran 61.00 s without waiting; at most 60.00 s are allowed"),
        judge(1));
  }

  @Test
  void residentMemoryIsAlwaysJudged() { // S20
    assertEquals(Optional.empty(), judge(0, 512L << 20));
    assertEquals(
        Optional.of("script_memory: the script's process holds 513 MiB; at most 512 are allowed"),
        judge(0, 513L << 20));
  }

  @Test
  void readsTheUsageOfARealProcess() {
    var usage = Usage.of(ProcessHandle.current());

    assertTrue(usage.cpu().isPositive(), usage.toString());
    assertTrue(usage.residentBytes() > 10 << 20, usage.toString());
  }
}
