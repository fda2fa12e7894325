package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mimo.agent.memory.Recall;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.rebuild.OwnRebuilding;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Cause;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.CountingModel;
import mimo.agent.testing.RecordedSession;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A conversation that becomes longer than its model takes, and goes on (K16, K17, M22).
@Timeout(60)
final class RebuiltConversationTest {

  private static final int WINDOW = 6_000;
  private static final int CALLS = 3;

  private final List<AgentEvent> events = new ArrayList<>();
  private final List<String> deeds = new ArrayList<>();
  private RecordedSession session = new RecordedSession();
  private Rebuilding rebuilding = Rebuilding.plain();

  /// It works through a turn of three calls, and says it is done.
  private CountingModel model = new CountingModel(WINDOW, RebuiltConversationTest::next);

  private static List<Content> next(ModelRequest request) {
    var done = new ArrayList<String>();
    for (var message : request.messages()) {
      if (message instanceof Message.Model(var content)) {
        for (var piece : content) {
          if (piece instanceof Content.ToolCall call) {
            done.add(call.id());
          }
        }
      }
    }
    var turn = "t" + turnOf(request.messages()) + ".";
    long calls = done.stream().filter(id -> id.startsWith(turn)).count();
    if (calls < CALLS) {
      var id = turn + (calls + 1);
      return List.of(
          new Content.Text("Now " + id),
          new Content.ToolCall(id, "change", "{\"at\":\"" + id + "\"}"));
    }
    return List.of(new Content.Text("Turn " + turn + " is done."));
  }

  /// The number that the last request of the user names.
  private static int turnOf(List<Message> messages) {
    for (var message : messages.reversed()) {
      if (message instanceof Message.User(var text) && text.contains("Do turn ")) {
        int at = text.lastIndexOf("Do turn ") + "Do turn ".length();
        return Integer.parseInt(text.substring(at, text.indexOf('.', at)));
      }
    }
    throw new AssertionError("the user's request is not there: " + messages);
  }

  private Toolbox tools() {
    var change =
        LoopStage.tool(
            "change",
            ToolSpec.Effect.CHANGES,
            (input, _) -> {
              deeds.add(input.path("at").asText());
              return "changed " + "some words of a result, ".repeat(40) + input.path("at");
            });
    return Toolbox.of(List.of(change));
  }

  private Conversation open(@Nullable Integer told) throws InterruptedException {
    var setup =
        new ConversationSetup(
            "build", model.resolved(told), "You are mimo.", tools(), Authorities.everything());
    return new Conversation(
        ConversationRecord.open(session),
        setup,
        new Conversation.Backing(Recall.NOTHING, null, new OwnRebuilding(rebuilding, "")),
        () -> 0);
  }

  private TurnOutcome ask(Conversation conversation, int turn) throws InterruptedException {
    return conversation.turn(
        new Asked("Do turn " + turn + ". " + "It matters how it is done. ".repeat(8)),
        CancellationToken.never(),
        events::add);
  }

  private void turns(@Nullable Integer told, int from, int to) throws InterruptedException {
    var conversation = open(told);
    for (int turn = from; turn <= to; turn++) {
      assertEquals(
          new TurnOutcome.Answered("\"Turn t" + turn + ". is done.\""), ask(conversation, turn));
    }
  }

  private List<SessionFact.Rebuilt> rebuilt() {
    var all = new ArrayList<SessionFact.Rebuilt>();
    for (var entry : session.recorded()) {
      if (FactCodec.read(entry) instanceof SessionFact.Rebuilt rebuilt) {
        all.add(rebuilt);
      }
    }
    return all;
  }

  private static List<String> everyDeed(int turns) {
    var all = new ArrayList<String>();
    for (int turn = 1; turn <= turns; turn++) {
      for (int call = 1; call <= CALLS; call++) {
        all.add("t" + turn + "." + call);
      }
    }
    return all;
  }

  @Test
  void nearTheLimitItGoesOnFromWhatIsKnownAndRepeatsNothingK16() throws Exception {
    turns(WINDOW, 1, 20);

    assertTrue(rebuilt().size() >= 3, rebuilt().size() + " rebuilds");
    assertEquals(everyDeed(20), deeds);
    assertEquals(0, model.refusals());
    assertTrue(rebuilt().stream().allMatch(each -> each.cause() == Cause.LIMIT));
    assertTrue(
        events.contains(AgentEvent.Notice.rebuilt(rebuilt().getFirst())), "the user is told of it");
  }

  @Test
  void betweenTwoRebuildsEachRequestBeginsWithTheOneBeforeM22() throws Exception {
    turns(WINDOW, 1, 20);

    int others = 0;
    for (int i = 1; i < model.requests().size(); i++) {
      var before = model.requests().get(i - 1).messages();
      var now = model.requests().get(i).messages();
      boolean begins = now.size() >= before.size() && now.subList(0, before.size()).equals(before);
      others += begins ? 0 : 1;
    }
    assertEquals(rebuilt().size(), others);
  }

  @Test
  void nothingIsDeletedAndWhatWasSaidIsStillThereK17() throws Exception {
    turns(WINDOW, 1, 20);

    var said = ConversationRecord.open(session).soFar();
    assertEquals(20 * (2 + 2 * CALLS), said.messages().size());
    assertEquals(rebuilt().getLast(), Objects.requireNonNull(said.boundary()).rebuilt());
  }

  @Test
  void resultsBeforeTheBoundaryAreClearedToAReferenceK17() throws Exception {
    turns(WINDOW, 1, 20);

    var seen = model.requests().getLast().messages();
    var cleared = new ArrayList<String>();
    for (var message : seen) {
      if (message instanceof Message.Tools(var answers)) {
        answers.stream()
            .map(Message.ToolAnswer::text)
            .filter(text -> text.startsWith("[cleared"))
            .forEach(cleared::add);
      }
    }
    assertTrue(
        cleared
            .getFirst()
            .matches(
                "\\[cleared: the result of call t\\d+\\.\\d has \\d+ characters; the tool history"
                    + " shows it: action around, message t\\d+\\.\\d]"),
        cleared.toString());
  }

  @Test
  void aProviderThatRefusesItGetsAShorterOneOnceK16() throws Exception {
    turns(null, 1, 20);

    assertTrue(rebuilt().size() >= 2, rebuilt().size() + " rebuilds");
    assertEquals(rebuilt().size(), model.refusals());
    assertTrue(rebuilt().stream().allMatch(each -> each.cause() == Cause.OVERFLOW));
    assertEquals(everyDeed(20), deeds);
  }

  @Test
  void whoRefusesTheShorterOneTooEndsTheTurnAndNothingLoopsK16() throws Exception {
    turns(null, 1, 5);
    model = new CountingModel(10, RebuiltConversationTest::next);

    var outcome = ask(open(null), 6);

    assertEquals("context_overflow", assertInstanceOf(TurnOutcome.Failed.class, outcome).code());
    assertEquals(2, model.refusals());
    assertEquals(1, rebuilt().size());
  }

  @Test
  void aFirstRequestThatFitsIsSentAsItIsK16() throws Exception {
    var asked = "Do turn 1. Here is all of it:\n" + "value.get(17);\n".repeat(530);

    var _ = open(WINDOW).turn(new Asked(asked), CancellationToken.never(), events::add);

    assertEquals(List.of(new Message.User(asked)), model.requests().getFirst().messages());
  }

  @Test
  void whatIsAskedAfterAFailedTurnReachesTheModelK16() throws Exception {
    var willing = model;
    turns(null, 1, 3);
    model = new CountingModel(10, RebuiltConversationTest::next);
    var asked = "Do turn 4. " + "It has a long description. ".repeat(200);
    var failed = open(null).turn(new Asked(asked), CancellationToken.never(), events::add);
    assertEquals("context_overflow", assertInstanceOf(TurnOutcome.Failed.class, failed).code());
    model = willing;

    var outcome = ask(open(null), 5);

    assertEquals(new TurnOutcome.Answered("\"Turn t5. is done.\""), outcome);
  }

  @Test
  void theSameHistoryIsRebuiltAlikeInEachProcessK20() throws Exception {
    turns(WINDOW, 1, 9);
    var whole = List.copyOf(session.recorded());

    var here = open(WINDOW).rebuild().orElseThrow();
    session = new RecordedSession().holding(whole);
    rebuilding = Rebuilding.plain();
    var there = open(WINDOW).rebuild().orElseThrow();

    assertEquals(here.text(), there.text());
    assertEquals(here.kept(), there.kept());
  }

  @Test
  void aBudgetOfTheUsersIsTheLimitK16() throws Exception {
    rebuilding = Rebuilding.plain().within(4_000);

    turns(null, 1, 12);

    assertTrue(rebuilt().size() >= 2, rebuilt().size() + " rebuilds");
    assertTrue(
        model.usages().stream().allMatch(usage -> usage.input() <= 4_000),
        model.usages().toString());
  }

  @Test
  void theUserHasItRebuiltBetweenTwoTurnsK16() throws Exception {
    turns(null, 1, 4);

    var made = open(null).rebuild().orElseThrow();
    turns(null, 5, 5);

    assertEquals(Cause.ASKED, made.cause());
    assertTrue(made.after() < made.before(), made.toString());
    var first =
        assertInstanceOf(Message.User.class, model.requests().getLast().messages().getFirst());
    assertTrue(first.text().startsWith(made.text()), first.text());
    assertEquals(everyDeed(5), deeds);
  }

  @Test
  void cutAnywhereALaterProcessTellsTheSameAndRepeatsNothingK17() throws Exception {
    turns(WINDOW, 1, 10);
    var whole = List.copyOf(session.recorded());
    var requests = model.requests();
    var facts = whole.stream().map(FactCodec::read).toList();
    assertTrue(rebuilt().size() >= 2);
    int compared = 0;

    for (int cut = 2; cut < whole.size(); cut++) {
      session = new RecordedSession().holding(whole.subList(0, cut));
      model = new CountingModel(WINDOW, RebuiltConversationTest::next);
      deeds.clear();
      var record = ConversationRecord.open(session);
      int asked = record.asked().size();
      if (record.unanswered().isPresent()) {
        var _ = open(WINDOW).goOn(CancellationToken.never(), _ -> {});
      }
      turns(WINDOW, asked + 1, 10);

      checkDeeds(cut, facts);
      if (isPlain(cut, facts) && !model.requests().isEmpty()) {
        int told = (int) received(facts.subList(0, cut));
        assertEquals(
            requests.get(told).messages(), model.requests().getFirst().messages(), "cut " + cut);
        compared++;
      }
    }
    assertTrue(compared > whole.size() / 2, compared + " of " + whole.size());
  }

  private static long received(List<SessionFact> facts) {
    return facts.stream().filter(SessionFact.TurnReceived.class::isInstance).count();
  }

  /// Neither a call with a result nor one that was only begun is made again.
  private void checkDeeds(int cut, List<SessionFact> facts) {
    var done = new ArrayList<String>();
    for (var fact : facts.subList(0, cut)) {
      if (fact instanceof SessionFact.ToolStarted(var call)) {
        done.add(call);
      }
    }
    var all = new ArrayList<>(done);
    all.addAll(deeds);
    assertEquals(everyDeed(10), all, "cut " + cut);
  }

  /// Whether nothing was lost by the cut that a later process cannot know.
  private static boolean isPlain(int cut, List<SessionFact> facts) {
    var started = new ArrayList<String>();
    for (var fact : facts.subList(0, cut)) {
      if (fact instanceof SessionFact.ToolStarted(var call)) {
        started.add(call);
      } else if (fact instanceof SessionFact.ToolEnded(var answer, _)) {
        started.remove(answer.call());
      }
    }
    for (var fact : facts.subList(cut, facts.size())) {
      if (fact instanceof SessionFact.TurnReceived) {
        return started.isEmpty();
      }
      if (fact instanceof SessionFact.Rebuilt) {
        return false;
      }
    }
    return false;
  }
}
