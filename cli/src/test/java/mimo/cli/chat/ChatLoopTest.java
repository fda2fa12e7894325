package mimo.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.TurnOutcome;
import mimo.agent.message.Message;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.WindowSize;
import mimo.cli.terminal.keys.Key;
import mimo.cli.terminal.keys.LiveTail;
import mimo.cli.testing.Screen;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ChatLoopTest {

  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Typist typist = new Typist();
  private final Slow partner = new Slow();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final ChatLoop loop =
      new ChatLoop(
          typist,
          new LiveTail(
              new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> new WindowSize(60, 20)),
          partner,
          new Slash(),
          new ChatLoop.Look(Style.PLAIN, () -> new WindowSize(60, 20), now::get));

  /// Types what is told, and waits in between until what has to happen has happened.
  private static final class Typist implements ChatLoop.Keys {

    private final Deque<Object> script = new ArrayDeque<>();

    Typist type(String text) {
      text.codePoints().forEach(point -> script.add(new Key.Text(Character.toString(point))));
      return this;
    }

    Typist press(Key key) {
      script.add(key);
      return this;
    }

    Typist until(BooleanSupplier done) {
      script.add(done);
      return this;
    }

    Typist then(Runnable action) {
      script.add(action);
      return this;
    }

    @Override
    public Optional<Key> next(Duration patience) {
      return switch (script.peek()) {
        case Key key -> {
          script.remove();
          yield Optional.of(key);
        }
        case BooleanSupplier done -> {
          if (done.getAsBoolean()) {
            script.remove();
          } else {
            // Nothing was typed for a moment.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          }
          yield Optional.empty();
        }
        case Runnable action -> {
          script.remove();
          action.run();
          yield Optional.empty();
        }
        case null, default -> throw new AssertionError("nothing more is typed");
      };
    }
  }

  /// Answers when the test lets it.
  private static final class Slow implements Partner {

    private final List<String> heard = new ArrayList<>();
    private final SynchronousQueue<TurnOutcome> answers = new SynchronousQueue<>();
    private final List<AgentEvent> events = new ArrayList<>();
    private final AtomicBoolean news = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    @Override
    public TurnOutcome say(
        String text, CancellationToken cancellation, Consumer<AgentEvent> listener)
        throws InterruptedException {
      heard.add(text);
      events.forEach(listener);
      var stop = new CountDownLatch(1);
      var me = Thread.currentThread();
      try (var _ =
          cancellation.onCancel(() -> {
            stop.countDown();
            me.interrupt();
          })) {
        asked.incrementAndGet();
        return answers.take();
      } catch (InterruptedException interrupted) {
        stopped.incrementAndGet();
        stop.await();
        return new TurnOutcome.Interrupted();
      }
    }

    @Override
    public boolean hasNews() {
      return news.getAndSet(false);
    }

    @Override
    public String standing() {
      return "build  offline/simulated";
    }

    boolean answer() {
      return answers.offer(new TurnOutcome.Answered("\"done\""));
    }
  }

  private static final class Slash implements SlashCommands {

    @Override
    public List<Command> all() {
      return List.of(new Command("help", "", "what there is"), new Command("undo", "", "back"));
    }

    @Override
    public Result run(String words) {
      return switch (words) {
        case "help" -> new Result.Told(List.of("/help  what there is"));
        case "undo" -> new Result.Draft("again", List.of("went back"));
        case "fix 12" -> new Result.Said("/fix 12");
        case "quit" -> new Result.Left();
        default -> new Result.Refused("there is no /" + words);
      };
    }
  }

  private List<String> run() throws Exception {
    loop.run();
    return new Screen().show(bytes.toString(StandardCharsets.UTF_8));
  }

  private Typist leave() {
    return typist.press(Key.Named.DELETE_TO_START).press(Key.Named.END_OF_INPUT);
  }

  @Test
  void showsWhatWasSaidTheAnswerAndEachCall() throws Exception {
    var answer = new Message.ToolAnswer("1", "12 lines", Message.Status.OK);
    partner.events.addAll(
        List.of(
            new AgentEvent.ToolStart("1", "read", "{\"file_path\":\"README.md\"}"),
            new AgentEvent.ToolEnd("1", "read", answer, Status.OK, Duration.ofMillis(5)),
            new AgentEvent.TextStart(),
            new AgentEvent.TextDelta("It is **"),
            new AgentEvent.TextDelta("good**.\n"),
            new AgentEvent.TextEnd("It is **good**.\n", Status.OK)));

    typist.type("is it good?").press(Key.Named.ENTER).until(partner::answer);
    leave();

    assertEquals(List.of("", "> is it good?", "", "● read README.md", "It is good."), run());
  }

  @Test
  void aCommandThatIsAPromptIsSaidToThePartner() throws Exception {
    typist.type("/fix 12").press(Key.Named.ENTER).until(partner::answer);
    leave();

    var screen = run();

    assertEquals(List.of("/fix 12"), partner.heard);
    assertTrue(screen.contains("> /fix 12"), screen.toString());
  }

  @Test
  void tellsWhatEndedBesideTheTurnsWhileNobodyTalks() throws Exception {
    typist.then(() -> loop.hear(new AgentEvent.Notice("subagent_ended", "A1 has ended")));
    typist.until(() -> true);
    leave();

    assertEquals(List.of("A1 has ended"), run().stream().filter(line -> !line.isEmpty()).toList());
  }

  @Test
  void wakesAnAgentThatRestsForWhatHasEndedA51() throws Exception {
    typist.then(() -> partner.news.set(true));
    typist.until(() -> partner.asked.get() == 1).until(partner::answer);
    leave();

    run();

    assertTrue(partner.heard.getFirst().startsWith("<system-reminder>\nWhat worked"));
  }

  @Test
  void wakesNobodyAfterATurnThatWasStoppedUntilTheUserSpeaks() throws Exception {
    typist.type("one").press(Key.Named.ENTER).until(() -> partner.asked.get() == 1);
    typist.then(() -> partner.news.set(true)).press(Key.Named.ESCAPE);
    typist.until(() -> partner.stopped.get() == 1).type("two").press(Key.Named.ENTER);
    typist.until(() -> partner.asked.get() == 2).until(partner::answer);
    typist.until(() -> partner.asked.get() == 3).until(partner::answer);
    leave();

    run();

    assertEquals(List.of("one", "two"), partner.heard.subList(0, 2));
    assertTrue(partner.heard.get(2).startsWith("<system-reminder>\n"));
  }

  @Test
  void queuesWhatIsSaidWhileAnAnswerIsOnItsWay() throws Exception {
    typist.type("one").press(Key.Named.ENTER).until(() -> partner.asked.get() == 1);
    typist.type("two").press(Key.Named.ENTER).until(partner::answer);
    typist.until(() -> partner.asked.get() == 2).until(partner::answer);
    leave();

    run();

    assertEquals(List.of("one", "two"), partner.heard);
  }

  @Test
  void stopsATurnAndGivesBackWhatWaited() throws Exception {
    typist.type("one").press(Key.Named.ENTER).until(() -> partner.asked.get() == 1);
    typist.type("two").press(Key.Named.ENTER).press(Key.Named.ESCAPE);
    typist.until(() -> partner.stopped.get() == 1).type("!").press(Key.Named.ENTER);
    typist.until(() -> partner.asked.get() == 2).until(partner::answer);
    leave();

    var screen = run();

    assertEquals(List.of("one", "two!"), partner.heard);
    assertTrue(screen.contains("interrupted"), screen.toString());
  }

  @Test
  void leavesAtTheSecondCtrlCWithinTwoSeconds() throws Exception {
    typist.type("draft").press(Key.Named.INTERRUPT);
    typist.then(() -> now.set(START.plusSeconds(3))).press(Key.Named.INTERRUPT);
    typist.then(() -> now.set(START.plusSeconds(4))).press(Key.Named.INTERRUPT);

    assertEquals(List.of(), run());
    assertTrue(typist.script.isEmpty());
  }

  @Test
  void stopsTheTurnOfWhoeverLeaves() throws Exception {
    typist.type("one").press(Key.Named.ENTER).until(() -> partner.asked.get() == 1);
    typist.press(Key.Named.END_OF_INPUT);

    run();

    assertEquals(1, partner.stopped.get());
  }

  @Test
  void runsCommandsAndCompletesTheirNames() throws Exception {
    typist.type("/he").press(Key.Named.TAB).press(Key.Named.ENTER);
    typist.type("/nix").press(Key.Named.ENTER).type("/quit").press(Key.Named.ENTER);

    assertEquals(List.of("/help  what there is", "there is no /nix"), run());
  }

  @Test
  void givesAnEarlierPromptBackToBeEdited() throws Exception {
    typist.type("/undo").press(Key.Named.ENTER).type("!").press(Key.Named.ENTER);
    typist.until(() -> partner.asked.get() == 1).until(partner::answer);
    leave();

    run();

    assertEquals(List.of("again!"), partner.heard);
  }

  @Test
  void takesNoKeyForAnAnswerThatWasTypedBeforeTheQuestion() throws Exception {
    var yes = new Ask.Choice('y', "once");
    var no = new Ask.Choice('n', "reject");
    var ask = new Ask(List.of("write a.txt?"), List.of(yes, no));
    typist.then(() -> loop.ask(ask)).type("y");
    typist.then(() -> now.set(START.plusSeconds(1))).type("x").type("y");
    leave();

    var screen = run();

    assertEquals(new Ask.Reply(yes, ""), ask.reply().get());
    assertEquals(List.of("write a.txt?", "→ once"), screen);
  }

  @Test
  void letsWhoRefusesSayWhatToDoInstead() throws Exception {
    var no = new Ask.Choice('n', "reject");
    var ask = new Ask(List.of("write a.txt?"), List.of(new Ask.Choice('y', "once"), no));
    typist.then(() -> loop.ask(ask)).then(() -> now.set(START.plusSeconds(1)));
    typist.type("nb.txt please").press(Key.Named.ENTER);
    leave();

    run();

    assertEquals(new Ask.Reply(no, "b.txt please"), ask.reply().get());
  }

  @Test
  void refusesAtEscape() throws Exception {
    var no = new Ask.Choice('n', "reject");
    var ask = new Ask(List.of("write a.txt?"), List.of(new Ask.Choice('y', "once"), no));
    typist.then(() -> loop.ask(ask)).press(Key.Named.ESCAPE);
    leave();

    run();

    assertEquals(new Ask.Reply(no, ""), ask.reply().get());
  }
}
