package mimo.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mimo.cli.doctor.Finding.Verdict;
import org.junit.jupiter.api.Test;

final class DoctorTest {

  private static final Finding FINE = Finding.ok("a", "fine");

  @Test
  void tellsFindingsInTheOrderOfTheChecks() throws InterruptedException {
    var first = new CountDownLatch(1);
    var waits =
        check(
            "slow",
            () -> {
              first.await();
              return List.of(Finding.ok("slow", "waited"));
            });
    var frees =
        check(
            "quick",
            () -> {
              first.countDown();
              return List.of(FINE, FINE);
            });

    var findings = new Doctor(List.of(waits, frees)).examine();

    assertEquals(List.of(Finding.ok("slow", "waited"), FINE, FINE), findings);
  }

  @Test
  void waitsForNoCheckLongerThanItsPatience() throws InterruptedException {
    var never = new CountDownLatch(1);
    var stuck =
        check(
            "stuck",
            () -> {
              never.await();
              return List.of();
            });

    var findings =
        new Doctor(List.of(stuck, check("a", () -> List.of(FINE))), Duration.ofSeconds(1))
            .examine();

    assertEquals(
        new Finding(
            "stuck",
            Verdict.WARN,
            "no answer after 1 s",
            "try again when the machine has less to do."),
        findings.getFirst());
  }

  @Test
  void makesAFindingOfACheckThatFails() throws InterruptedException {
    var broken =
        check(
            "broken",
            () -> {
              throw new IllegalStateException("no such thing");
            });

    assertEquals(
        List.of(
            new Finding(
                "broken",
                Verdict.FAIL,
                "the check failed: java.lang.IllegalStateException: no such thing",
                "read the reason given here.")),
        new Doctor(List.of(broken)).examine());
  }

  private interface Look {
    List<Finding> now() throws Exception;
  }

  private static Check check(String area, Look look) {
    return new Check() {
      @Override
      public String area() {
        return area;
      }

      @Override
      public List<Finding> look() throws Exception {
        return look.now();
      }
    };
  }
}
