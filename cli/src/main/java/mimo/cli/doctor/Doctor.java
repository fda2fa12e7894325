package mimo.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs all checks at once and tells what they found, in their order.
public final class Doctor {

  /// A worker's start and a check of the store take seconds on a slow machine.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Check> checks;
  private final Duration patience;

  public Doctor(List<Check> checks) {
    this(checks, PATIENCE);
  }

  Doctor(List<Check> checks, Duration patience) {
    this.checks = List.copyOf(checks);
    this.patience = patience;
  }

  /// Everything found; returns within the patience, whatever the checks do.
  public List<Finding> examine() throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    var running = checks.stream().map(Doctor::start).toList();
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < checks.size(); i++) {
      findings.addAll(outcome(checks.get(i), running.get(i), deadline - System.nanoTime()));
    }
    return findings;
  }

  private static Future<List<Finding>> start(Check check) {
    var task = new FutureTask<>(check::look);
    Thread.ofPlatform().daemon().name("check-" + check.area()).start(task);
    return task;
  }

  private List<Finding> outcome(Check check, Future<List<Finding>> running, long nanosLeft)
      throws InterruptedException {
    try {
      return running.get(Math.max(0, nanosLeft), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return List.of(
          Finding.warn(
              check.area(),
              "no answer after " + patience.toSeconds() + " s",
              "try again when the machine has less to do."));
    } catch (ExecutionException e) {
      return List.of(
          Finding.fail(
              check.area(), "the check failed: " + e.getCause(), "read the reason given here."));
    }
  }
}
