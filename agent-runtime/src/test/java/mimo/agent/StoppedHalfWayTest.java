package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import mimo.agent.checkpoint.Checkpoint;
import mimo.agent.checkpoint.ExtractiveWriter;
import mimo.agent.checkpoint.Section;
import mimo.agent.goal.GoalLedger;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.rebuild.MemoryKnowledge;
import mimo.agent.rebuild.Moment;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.agent.task.TaskTree;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is stopped half way, in each way in which a program ends, and its twin that was
/// not (C2).
@Timeout(120)
final class StoppedHalfWayTest {

  private static final int HALF = 60;

  /// Requests at which it is stopped: before and behind a call, a goal, a verdict, and rebuilds.
  private static final List<Integer> REQUESTS = List.of(3, 22, 43, 78, 101);

  @TempDir private Path folder;
  private LongTask twin;
  private Standing end;

  /// Where work stands: all that C2 names.
  ///
  /// @param effects what is open
  private record Standing(
      String intent,
      String next,
      String constraints,
      TaskTree tasks,
      GoalLedger goal,
      Moment effects) {

    static Standing of(ConversationSoFar said, List<SessionFact> facts) {
      var all = mimo.agent.checkpoint.ConversationSoFar.of(said.messages(), said.own());
      var state = ExtractiveWriter.write(all, Checkpoint.EMPTY).checkpoint();
      var goal = GoalLedger.of(facts);
      return new Standing(
          state.section(Section.ACTIVE_INTENT),
          state.section(Section.NEXT_ACTION),
          state.section(Section.CONSTRAINTS),
          TaskTree.of(facts),
          goal,
          Moment.of(said.messages(), said.own(), ""));
    }

    static Standing of(List<SessionEntry> entries) {
      return of(ConversationRecord.said(entries), entries.stream().map(FactCodec::read).toList());
    }

    static Standing of(LongTask.Life life) {
      return of(life.record.soFar(), life.record.facts());
    }
  }

  /// What the end of a process looks like from inside.
  private static final class KilledError extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void haveATwin() throws Exception {
    twin = task("twin");
    try (var life = twin.new Life(Integer.MAX_VALUE)) {
      life.turns(HALF);
      end = Standing.of(life);
    }
    assertTrue(end.tasks().items().size() == HALF / 4, end.tasks().toString());
    assertNotNull(end.goal().last());
    assertTrue(end.constraints().contains("You must never"), end.constraints());
  }

  @AfterEach
  void closeTwin() {
    twin.close();
  }

  private LongTask task(String name) {
    return new LongTask(folder.resolve(name)).knowing(MemoryKnowledge::new).withTasksAndGoal();
  }

  /// The same model, which is asked so often and no more.
  private static Resolution.Resolved stopping(
      Resolution.Resolved model, int request, @Nullable Error error) {
    var provider =
        new Provider() {
          private int asked;

          @Override
          public String id() {
            return model.provider().id();
          }

          @Override
          public ModelReply ask(
              ModelRequest asking, StreamListener listener, CancellationToken cancellation)
              throws InterruptedException {
            if (++asked == request && error != null) {
              throw error;
            }
            if (asked == request) {
              throw new InterruptedException("the user stops it");
            }
            return model.provider().ask(asking, listener, cancellation);
          }
        };
    return new Resolution.Resolved(
        provider, model.model(), model.price(), model.efforts(), model.size());
  }

  /// It stands where its twin stood when as much was written down, and goes on to the same end.
  private void goesOn(LongTask task, String when) throws Exception {
    var left = task.entries().stream().filter(each -> !isStop(each)).toList();
    var before = twin.entries().subList(0, left.size());
    assertEquals(types(before), types(left), when);
    var stood = Standing.of(before);
    task.lookedOnBy(_ -> TurnWatch.NOBODY, model -> model);

    try (var life = task.new Life(Integer.MAX_VALUE)) {
      assertEquals(stood, Standing.of(life), when);
      life.turns(HALF);
      assertEquals(end, Standing.of(life), when);
    }
    assertEquals(twin.deeds(), task.deeds(), when);
    task.close();
  }

  private static boolean isStop(SessionEntry entry) {
    return entry.type().equals(FactCodec.TURN_ENDED) && entry.json().contains("interrupted");
  }

  private static List<String> types(List<SessionEntry> entries) {
    return entries.stream().map(SessionEntry::type).toList();
  }

  @Test
  void afterACleanStopItStandsWhereItsTwinStoodC2() throws Exception {
    for (int request : REQUESTS) {
      var task = task("clean" + request);
      task.lookedOnBy(_ -> TurnWatch.NOBODY, model -> stopping(model, request, null));
      try (var life = task.new Life(Integer.MAX_VALUE)) {
        life.turns(HALF);
      }
      assertTrue(task.entries().stream().anyMatch(StoppedHalfWayTest::isStop));
      goesOn(task, "stopped at request " + request);
    }
  }

  @Test
  void afterAKillItStandsWhereItsTwinStoodC2() throws Exception {
    for (int request : REQUESTS) {
      var task = task("killed" + request);
      task.lookedOnBy(_ -> TurnWatch.NOBODY, model -> stopping(model, request, new KilledError()));
      try (var life = task.new Life(Integer.MAX_VALUE)) {
        assertThrows(KilledError.class, () -> life.turns(HALF));
      }
      goesOn(task, "killed at request " + request);
    }
  }

  @Test
  void afterAPowerLossItStandsWhereItsTwinStoodC2() throws Exception {
    var types = types(twin.entries());
    var seen = new HashSet<Moment>();
    for (int at : cuts(types)) {
      var task = task("cut" + at);
      try (var life = task.new Life(at + 2)) {
        assertThrows(StoreFailure.class, () -> life.turns(HALF));
      }
      seen.add(Standing.of(task.entries()).effects());
      goesOn(task, "the power failed at record " + at + ", " + types.get(at));
    }
    assertTrue(
        seen.stream().map(Object::getClass).map(Class::getSimpleName).anyMatch("Unknown"::equals),
        "no effect was open: " + seen);
  }

  /// One behind each kind of entry in the second half of the time.
  private static Set<Integer> cuts(List<String> types) {
    var cuts = new HashSet<Integer>();
    for (var type : new HashSet<>(types)) {
      IntStream.range(types.size() / 4, types.size())
          .filter(at -> types.get(at).equals(type))
          .findFirst()
          .ifPresent(cuts::add);
    }
    return cuts;
  }
}
