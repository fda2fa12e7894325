package mimo.agent.distill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RepetitionsTest {

  private static List<String> words(Things things) {
    return Repetitions.among(things.plain()).stream().map(Repetition::words).toList();
  }

  @Test
  void commandsOneAfterTheOtherAreToldAsOneM24() {
    var things =
        Things.none()
            .bash("s1", "make slow", "make  ship")
            .bash("s2", "ls", "make slow", "make ship", "git status")
            .bash("s2", "make slow", "make ship");

    assertEquals(List.of("3 times in 2 sessions: make slow; then make ship"), words(things));
  }

  @Test
  void whatIsDoneMoreOftenThanWithTheOthersIsToldBesidesM24() {
    var things = Things.none();
    for (var session : List.of("s1", "s2", "s3")) {
      things.bash(session, "make slow", "make ship");
    }
    things.bash("s4", "make ship");

    assertEquals(
        List.of(
            "4 times in 4 sessions: make ship", "3 times in 3 sessions: make slow; then make ship"),
        words(things));
  }

  @Test
  void whatOneSessionDoesOftenIsNoHabitM24() {
    var things = Things.none().bash("s1", "make ship", "make ship", "make ship", "make ship");

    assertEquals(List.of(), words(things));
  }

  @Test
  void wordsOfTheUserAndRunsCountTooM24() {
    var things =
        Things.none()
            .user("s1", "Ship it")
            .user("s2", "ship  it")
            .user("s3", "Ship it")
            .run("r1", "review.js {}")
            .run("r2", "review.js {}")
            .run("r3", "review.js {}")
            .model("s1", "Done.")
            .model("s2", "Done.")
            .model("s3", "Done.");

    assertEquals(
        List.of(
            "3 times in 3 sessions: the user: ship it",
            "3 times in 3 sessions: the workflow review.js {}"),
        words(things));
  }
}
