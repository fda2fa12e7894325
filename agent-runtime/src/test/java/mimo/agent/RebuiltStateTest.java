package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.CountingModel;
import mimo.agent.testing.RecordedSession;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Twenty conversations for each way in which work can stand where it is rebuilt (K21, K23). Their
/// model knows nothing but what it is sent, and does what it is told there: what is missing from it
/// would be done twice.
@Timeout(120)
final class RebuiltStateTest {

  private static final int SESSIONS = 20;
  private static final Pattern LAST = Pattern.compile("\"at\":\"(\\d+)\"");
  private static final String STANDING = "# Where you stand\n\n";

  private final List<Integer> effects = new ArrayList<>();
  private final List<Integer> looks = new ArrayList<>();
  private RecordedSession session = new RecordedSession();
  private int steps;
  private CountingModel model = new CountingModel(1_000_000, this::obey);

  /// Makes the steps of a job one after the other, as far as it knows where it is.
  private List<Content> obey(ModelRequest request) {
    var seen = request.messages();
    var standing = standing(seen);
    boolean fresh = seen.size() == 1 || isRebuiltNow(seen);
    if (fresh && standing.contains("is complete. Do not do it again")) {
      return List.of(new Content.Text("Nothing is left to do."));
    }
    if (fresh && standing.contains("You wait for the user")) {
      var question = standing.substring(standing.indexOf('\n') + 1).lines().findFirst();
      return List.of(new Content.Text(question.orElseThrow()));
    }
    int last = last(seen, standing);
    if (fresh && standing.contains("Outcome unknown") && looks.isEmpty()) {
      return List.of(new Content.ToolCall("look" + last, "look", "{\"at\":\"" + last + "\"}"));
    }
    if (last >= steps) {
      return List.of(new Content.Text("All " + steps + " steps are done."));
    }
    int next = last + 1;
    return List.of(new Content.ToolCall("step" + next, "change", "{\"at\":\"" + next + "\"}"));
  }

  private static boolean isRebuiltNow(List<Message> seen) {
    return seen.getLast() instanceof Message.User;
  }

  private static String standing(List<Message> seen) {
    var text = seen.getFirst() instanceof Message.User(var words) ? words : "";
    int at = text.indexOf(STANDING);
    int end = text.indexOf("</conversation-so-far>");
    return at < 0 ? "" : text.substring(at + STANDING.length(), end);
  }

  /// The last step it sees that was made.
  private static int last(List<Message> seen, String standing) {
    int last = 0;
    for (var match = LAST.matcher(standing); match.find(); ) {
      last = Integer.parseInt(match.group(1));
    }
    for (var message : seen) {
      if (message instanceof Message.Model(var content)) {
        for (var piece : content) {
          if (piece instanceof Content.ToolCall(_, var tool, var arguments)
              && tool.equals("change")) {
            var match = LAST.matcher(arguments);
            last = match.find() ? Integer.parseInt(match.group(1)) : last;
          }
        }
      }
    }
    return last;
  }

  private Conversation open() throws InterruptedException {
    var change =
        LoopStage.tool(
            "change",
            ToolSpec.Effect.CHANGES,
            (input, _) -> {
              effects.add(input.path("at").asInt());
              return "made";
            });
    var look =
        LoopStage.tool(
            "look",
            ToolSpec.Effect.READS,
            (input, _) -> {
              looks.add(input.path("at").asInt());
              return "step " + input.path("at").asText() + " was made";
            });
    var setup =
        new ConversationSetup(
            "build",
            model.resolved(null),
            "You are mimo.",
            Toolbox.of(List.of(look, change)),
            Authorities.everything());
    return new Conversation(
        ConversationRecord.open(session), setup, Conversation.Backing.NONE, () -> 0);
  }

  private void begin(int seed) throws InterruptedException {
    session = new RecordedSession();
    effects.clear();
    looks.clear();
    steps = 2 + new Random(seed).nextInt(5);
    var _ = open().turn(asked(), CancellationToken.never(), _ -> {});
    assertEquals(all(), effects);
  }

  private Asked asked() {
    return new Asked(
        "Make the " + steps + " steps. " + "There is a lot to say of it. ".repeat(3_000));
  }

  private List<Integer> all() {
    var all = new ArrayList<Integer>();
    for (int i = 1; i <= steps; i++) {
      all.add(i);
    }
    return all;
  }

  /// The process is killed after the last entry of a type that stands before the last but so many.
  private int cutBehind(String type, int which) {
    int left = which;
    for (int i = 0; i < session.recorded().size(); i++) {
      if (session.recorded().get(i).type().equals(type) && left-- == 0) {
        session = new RecordedSession().holding(session.recorded().subList(0, i + 1));
        return i;
      }
    }
    throw new AssertionError("there is no such entry");
  }

  private void rebuild() throws InterruptedException {
    assertTrue(open().rebuild().isPresent());
  }

  @Test
  void afterACallThatHasFinishedTheNextOneIsMadeK21() throws Exception {
    for (int seed = 0; seed < SESSIONS; seed++) {
      begin(seed);
      int done = new Random(seed).nextInt(steps);
      cutBehind("tool_result", done);
      effects.subList(done + 1, effects.size()).clear();
      rebuild();

      var _ = open().goOn(CancellationToken.never(), _ -> {});

      assertEquals(all(), effects, "seed " + seed);
    }
  }

  @Test
  void aCallOfUnknownOutcomeIsInspectedAndNotRepeatedK21() throws Exception {
    for (int seed = 0; seed < SESSIONS; seed++) {
      begin(seed);
      int done = new Random(seed).nextInt(steps);
      cutBehind("tool_started", done);
      effects.subList(done + 1, effects.size()).clear();
      rebuild();

      var _ = open().turn(new Asked("Go on."), CancellationToken.never(), _ -> {});

      assertEquals(List.of(done + 1), looks, "seed " + seed);
      assertEquals(all(), effects, "seed " + seed);
    }
  }

  @Test
  void workThatIsCompleteIsNotDoneAgainK21() throws Exception {
    for (int seed = 0; seed < SESSIONS; seed++) {
      begin(seed);
      rebuild();

      var outcome = open().turn(new Asked("Well?"), CancellationToken.never(), _ -> {});

      assertEquals(new TurnOutcome.Answered("\"Nothing is left to do.\""), outcome);
      assertEquals(all(), effects, "seed " + seed);
    }
  }

  @Test
  void aPendingQuestionIsAskedUnchangedK21() throws Exception {
    var question = "Shall the old table go, or stay?";
    for (int seed = 0; seed < SESSIONS; seed++) {
      begin(seed);
      var done = model;
      model =
          new CountingModel(
              1_000_000, _ -> List.of(new Content.Text("It is done.\n\n" + question)));
      var _ = open().turn(new Asked("Then?"), CancellationToken.never(), _ -> {});
      model = done;
      rebuild();

      var outcome = open().turn(new Asked("Hm."), CancellationToken.never(), _ -> {});

      assertEquals(new TurnOutcome.Answered("\"" + question + "\""), outcome, "seed " + seed);
      assertEquals(all(), effects, "seed " + seed);
    }
  }

  @Test
  void whatWasJustAskedIsBegunK21() throws Exception {
    for (int seed = 0; seed < SESSIONS; seed++) {
      session = new RecordedSession();
      steps = 2 + new Random(seed).nextInt(5);
      var willing = model;
      model = new CountingModel(1_000_000, _ -> List.of(new Content.Text("I see.")));
      var _ = open().turn(asked(), CancellationToken.never(), _ -> {});
      model = willing;
      var _ = open().turn(new Asked("Begin."), CancellationToken.never(), _ -> {});
      cutBehind("asked", 1);
      effects.clear();
      rebuild();

      var _ = open().goOn(CancellationToken.never(), _ -> {});

      assertEquals(all(), effects, "seed " + seed);
    }
  }
}
