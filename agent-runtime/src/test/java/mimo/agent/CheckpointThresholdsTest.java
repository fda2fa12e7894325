package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import mimo.agent.checkpoint.Checkpoint;
import mimo.agent.checkpoint.Checkpoints;
import mimo.agent.checkpoint.MemoryOfTest;
import mimo.agent.checkpoint.Thresholds;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.CheckpointKept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a checkpoint is written, and when it is not (K1 to K3).
@Timeout(60)
final class CheckpointThresholdsTest extends CheckpointStage {

  @Test
  void afterTheUserHadItRebuiltAThresholdFiresAgainK2() throws Exception {
    var watch = checkpoints(1_000, List.of("10%"), false);
    asked(watch, "make it green" + " and mind the rest".repeat(5_000));
    asked(watch, "again");
    assertEquals(1, facts().size());

    assertTrue(conversation(watch).rebuild().isPresent());
    asked(watch, "and again");
    asked(watch, "the last time");

    assertEquals(List.of(1, 2), facts().stream().map(CheckpointKept::number).toList());
  }

  @Test
  void aLaterProcessKnowsThatItWasRebuiltSinceK2() throws Exception {
    var watch = checkpoints(1_000, List.of("10%"), false);
    asked(watch, "make it green" + " and mind the rest".repeat(5_000));
    asked(watch, "again");
    assertTrue(conversation(TurnWatch.NOBODY).rebuild().isPresent());

    var later = again();
    asked(later, "and again");
    asked(later, "the last time");

    assertEquals(List.of(1, 2), facts().stream().map(CheckpointKept::number).toList());
  }

  @Test
  void aCopyOfASessionNotesItsCheckpointsFromTheFirstOnSV2() throws Exception {
    var watch = checkpoints(1_000, List.of("10%"), false);
    asked(watch, "make it green");
    asked(watch, "again");
    memory = MemoryOfTest.in(folder.resolve("copy"), List.of(SECRET));

    var copy = again();
    asked(copy, "and again");
    asked(copy, "the last time");

    assertEquals(List.of(1, 1), facts().stream().map(CheckpointKept::number).toList());
  }

  @Test
  void severalThresholdsCrossedAtOnceMakeOneCheckpointEachOnceK2() throws Exception {
    agent.says("one").says("two").says("three").says("four");
    for (int i = 0; i < 4; i++) {
      writer.fails("provider_unreachable", "nobody is there");
    }
    var watch = checkpoints(1_000, List.of("5%", "8%", "10%"), false);
    var conversation = conversation(watch);

    ask(conversation, "first");
    assertTrue(watch.await(Duration.ofSeconds(20)));
    ask(conversation, "second");
    assertTrue(watch.await(Duration.ofSeconds(20)));
    int before = stored().watermark().number();
    watch.rearm();
    ask(conversation, "third");
    assertTrue(watch.await(Duration.ofSeconds(20)));

    assertEquals(List.of(1, 2), List.of(before, stored().watermark().number()));
  }

  @Test
  void aLaterProcessFiresNoThresholdAgainK2() throws Exception {
    agent.says("one").says("two").says("three");
    writer.fails("provider_unreachable", "nobody is there");
    var watch = checkpoints(1_000, List.of("10%"), false);
    var first = conversation(watch);
    ask(first, "first");
    assertTrue(watch.await(Duration.ofSeconds(20)));
    ask(first, "second");

    var facts = journal.recorded().stream().map(FactCodec::read).toList();
    var later =
        new Checkpoints(
                memory, Thresholds.of(List.of("10%")), OptionalLong.of(1_000), false, notices::add)
            .of("s1", List.<SessionFact>copyOf(facts));
    ask(conversation(later), "third");
    assertTrue(later.await(Duration.ofSeconds(20)));

    assertEquals(1, stored().watermark().number());
    assertEquals(1, facts().size());
  }

  @Test
  void theEndOfASessionWaitsForTheWriterAndThenDoesWithoutItK3() throws Exception {
    agent.calls("a", "change", "{}").says("done");
    writer.hangs();
    var watch = checkpoints(1_000, List.of("10%"), false);
    ask(conversation(watch), "make it green");
    writer.awaitHanging();
    assertEquals(Checkpoint.EMPTY, stored());

    watch.close();

    assertEquals(Writer.EXTRACTIVE, stored().watermark().writer());
  }

  @Test
  void ofThoseThatWaitTheNewestIsWrittenK3() throws Exception {
    var gate = new CountDownLatch(1);
    agent.says("one").says("two").says("three").says("four");
    writer.saysAfter(gate, "no").fails("x", "x").fails("x", "x");
    var watch = checkpoints(1_000, List.of("1%"), false);
    var conversation = conversation(watch);
    for (var prompt : List.of("first", "second", "third")) {
      ask(conversation, prompt);
      watch.rearm();
    }

    gate.countDown();
    assertTrue(watch.await(Duration.ofSeconds(20)));

    assertEquals(2, stored().watermark().number());
    assertEquals(5, stored().watermark().covered().message());
  }

  @Test
  void aShortConversationLeavesNothing() throws Exception {
    agent.says("done");
    var watch = checkpoints(1_000_000, List.of("90%"), false);

    ask(conversation(watch), "make it green");
    watch.close();

    assertFalse(Files.exists(folder.resolve("memory")));
  }
}
