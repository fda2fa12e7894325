package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import mimo.agent.message.Message;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.Proof;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cuts the power inside an agent of two hundred turns, at one record after the other (DP3).
class SessionProofTest {

  private static final System.Logger LOG = System.getLogger(SessionProofTest.class.getName());
  private static final int TURNS = AgentLimits.TURNS;

  @TempDir Path workspace;

  private int resumed;
  private int repeatedRequests;
  private int cutOffCalls;

  /// What one process did of a run.
  private record Life(LongAgent agent, @Nullable RunResult result) {}

  /// A run that was never cut.
  private record Whole(RunResult.Completed result, List<Message> said, int records) {}

  @Test
  void goesOnAfterTheLastToolResultWhereverItIsCutDP3() throws InterruptedException {
    var whole = whole();
    int cuts = Proof.rounds(40, TURNS);
    int stride = (whole.records() - 1) / cuts;

    for (int i = 0; i < cuts; i++) {
      // Every place of a turn is met, though the stride may be a multiple of its records.
      survives(1 + i * stride + i % stride, whole);
    }

    LOG.log(
        System.Logger.Level.INFO,
        "DP3: {0} cuts in {1} turns, {2} resumed; recorded calls run again: 0, requests repeated:"
            + " {3}, calls cut off and not repeated: {4}; {5} records in all",
        cuts,
        TURNS,
        resumed,
        repeatedRequests,
        cutOffCalls,
        whole.records());
    assertTrue(resumed > cuts / 2, resumed + " of " + cuts);
  }

  private Whole whole() throws InterruptedException {
    var journal = new InMemoryJournal();
    var life = begin(journal);
    var result = assertInstanceOf(RunResult.Completed.class, life.result());
    assertEquals(TURNS, life.agent().requests().size());
    return new Whole(result, life.agent().requests().getLast().messages(), journal.appended());
  }

  private Life begin(InMemoryJournal journal) throws InterruptedException {
    var agent = new LongAgent(TURNS);
    try (var engine = TestBench.engine(journal, agent.activity(workspace))) {
      var run =
          engine.start(TestBench.request(), ScriptedWorkflows.sequential(1), RunListener.none());
      return new Life(agent, run.await());
    } catch (StoreFailure beforeTheStart) {
      return new Life(agent, null);
    }
  }

  private void survives(int cut, Whole whole) throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var first = begin(new InMemoryJournal(disk, cut));
    if (first.result() == null) {
      return;
    }
    var id = first.result().id();
    var recorded = facts(disk, id);

    var second = resume(disk, id);

    resumed++;
    var result = assertInstanceOf(RunResult.Completed.class, second.result(), "cut " + cut);
    assertEquals(answer(whole.result()), answer(result), "cut " + cut);
    checkCalls(cut, first.agent(), second.agent());
    checkRequests(cut, first.agent(), second.agent(), result);
    checkConversation(cut, whole.said(), recorded, second.agent());
  }

  private Life resume(InMemoryJournal.Disk disk, RunId id) throws InterruptedException {
    var agent = new LongAgent(TURNS);
    var journal = new InMemoryJournal(disk, Integer.MAX_VALUE);
    try (var engine = TestBench.engine(journal, agent.activity(workspace))) {
      var workflow = ScriptedWorkflows.sequential(1);
      var run = engine.resume(id, TestBench.request(), workflow, RunListener.none());
      return new Life(agent, run.await());
    }
  }

  /// What the script was told, but for what was spent on it.
  private static String answer(RunResult.Completed result) {
    var value = result.value();
    assertTrue(value.contains("done after"), value);
    return value.substring(value.indexOf("done after"), value.indexOf("turns"));
  }

  private static List<SessionFact> facts(InMemoryJournal.Disk disk, RunId id) {
    return disk.records(StreamId.session(id, 0, 1, 0)).stream()
        .map(SessionCodec::decode)
        .map(FactCodec::read)
        .toList();
  }

  /// Neither a call with a result nor one that was only begun is run again.
  private static void checkCalls(int cut, LongAgent first, LongAgent second) {
    var acts = new TreeMap<>(first.acts());
    second.acts().forEach((act, times) -> acts.merge(act, times, Integer::sum));
    acts.forEach((act, times) -> assertEquals(1, times, "cut " + cut + ": " + act));
  }

  private void checkRequests(
      int cut, LongAgent first, LongAgent second, RunResult.Completed result) {
    int asked = first.requests().size() + second.requests().size();
    assertTrue(asked >= TURNS && asked <= TURNS + 1, "cut " + cut + ": " + asked + " requests");
    repeatedRequests += asked - TURNS;
    // A reply that was lost before it was charged cost what it cost; none is charged twice.
    long charged = result.usage().getOrDefault("requests", 0L);
    assertTrue(charged >= TURNS && charged <= asked, "cut " + cut + ": " + charged + " charged");
  }

  /// The last request shows the conversation as if nothing had happened, but for calls whose
  /// outcome nobody knows.
  private void checkConversation(
      int cut, List<Message> whole, List<SessionFact> recorded, LongAgent second) {
    if (second.requests().isEmpty()) {
      return;
    }
    var said = second.requests().getLast().messages();
    var cutOff = cutOff(recorded);
    cutOffCalls += cutOff.size();
    assertEquals(whole.size(), said.size(), "cut " + cut);
    for (int i = 0; i < whole.size(); i++) {
      if (whole.get(i) instanceof Message.Tools(var expected)
          && said.get(i) instanceof Message.Tools(var answers)) {
        checkAnswers(cut, expected, answers, cutOff);
      } else {
        assertEquals(whole.get(i), said.get(i), "cut " + cut);
      }
    }
  }

  private static Set<String> cutOff(List<SessionFact> recorded) {
    var calls = new HashSet<String>();
    for (var fact : recorded) {
      switch (fact) {
        case SessionFact.ToolStarted(var call) -> calls.add(call);
        case SessionFact.ToolEnded end -> calls.remove(end.answer().call());
        case SessionFact _ -> {}
      }
    }
    return calls;
  }

  private static void checkAnswers(
      int cut,
      List<Message.ToolAnswer> whole,
      List<Message.ToolAnswer> answers,
      Set<String> cutOff) {
    assertEquals(whole.size(), answers.size(), "cut " + cut);
    for (int i = 0; i < whole.size(); i++) {
      var answer = answers.get(i);
      if (cutOff.contains(answer.call())) {
        assertTrue(answer.text().startsWith("Interrupted, outcome unknown"), answer.text());
      } else {
        assertEquals(whole.get(i), answer, "cut " + cut);
      }
    }
  }
}
