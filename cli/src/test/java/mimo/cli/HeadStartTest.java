package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadStartTest {

  @Test
  void spawnsAWorkerForWordsOfARunAndForNoOther() {
    for (var line : List.of("compose a.js", "compose a.js x=1 --json", "runs resume 7f3a")) {
      assertEquals(true, HeadStart.willRun(List.of(line.split(" "))), line);
    }
    for (var line :
        List.of(
            "--help",
            "compose",
            "compose --help",
            "compose a.js -h",
            "runs list",
            "workflows",
            "runs resume --due --watch")) {
      assertEquals(false, HeadStart.willRun(List.of(line.split(" "))), line);
    }
  }

  @Test
  void spawnsNoWorkerForWordsThatTalkToAnAgent() {
    for (var line : List.of("run hello", "-p hello", "run --continue")) {
      assertEquals(false, HeadStart.willRun(List.of(line.split(" "))), line);
      assertEquals(true, HeadStart.willTalk(List.of(line.split(" "))), line);
    }
    for (var line : List.of("run --help", "run", "runs list", "compose a.js")) {
      assertEquals(false, HeadStart.willTalk(List.of(line.split(" "))), line);
    }
  }
}
