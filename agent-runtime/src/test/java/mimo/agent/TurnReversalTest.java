package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import mimo.agent.TurnReversal.Outcome;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.GitCommand;
import mimo.agent.message.Message;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionEvents;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.snapshot.ChangedFile;
import mimo.agent.snapshot.Snapshots;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedSession;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Turns that go back with their files, and come again (A63, A64).
@Timeout(60)
final class TurnReversalTest {

  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir Path folder;
  private final ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private RecordedSession session = new RecordedSession();
  private Path workspace;
  private Snapshots snapshots;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    workspace = Files.createDirectories(folder.toRealPath().resolve("workspace"));
    snapshots = new Snapshots(git(GIT), workspace, folder.resolve("data"), List.of());
  }

  private GitCommand git(Path program) {
    var own = Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString());
    return new GitCommand(program, ChildEnvironment.of(own, List.of(), Set.of(), List.of()));
  }

  /// `change` takes the name of a file, and adds a line to it.
  private Toolbox tools() {
    var change =
        LoopStage.tool(
            "change",
            ToolSpec.Effect.CHANGES,
            (input, _) -> {
              var file = workspace.resolve(input.path("at").asText());
              var before = Files.exists(file) ? Files.readString(file) : "";
              Files.writeString(file, before + "agent\n");
              return "changed";
            });
    return Toolbox.of(List.of(LoopStage.lookTool(), change));
  }

  private Conversation open(Snapshots kept) throws InterruptedException {
    var setup =
        new ConversationSetup(
                "build", model.resolved(), "system", tools(), Authorities.everything())
            .withSnapshots(kept);
    return new Conversation(ConversationRecord.open(session), setup, () -> 0);
  }

  private void ask(String prompt) throws InterruptedException {
    open(snapshots).turn(new Asked(prompt), CancellationToken.never(), events::add);
  }

  /// A turn in which the agent adds a line to a file.
  private void turnThatChanges(String file) throws InterruptedException {
    var call = "call" + session.recorded().size();
    model.calls(call, "change", "{\"at\":\"" + file + "\"}").says("done");
    ask("change " + file);
  }

  private TurnReversal reversal() throws InterruptedException {
    return new TurnReversal(ConversationRecord.open(session), snapshots);
  }

  private Outcome.Done undone(Outcome outcome) {
    return assertInstanceOf(Outcome.Done.class, outcome);
  }

  private Outcome.Done undo() throws Exception {
    return undone(reversal().undo(OptionalInt.empty(), Others.KEPT));
  }

  private String read(String file) throws IOException {
    return Files.readString(workspace.resolve(file));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(workspace.resolve(file), text);
  }

  private List<Message> told() {
    return model.requests().getLast().messages();
  }

  @Test
  void keepsTheFilesBeforeTheFirstChangeAndAfterTheTurnAndNotWithoutOne() throws Exception {
    model.calls("a", "look", "{}").says("saw");
    ask("look");
    model
        .calls("b", "look", "{}")
        .calls("c", "change", "{\"at\":\"f\"}")
        .calls("d", "change", "{\"at\":\"f\"}")
        .says("done");
    ask("change");

    assertEquals(
        List.of(
            "agent_chosen",
            "asked",
            "turn_received",
            "tool_started",
            "tool_result",
            "turn_received",
            "turn_ended",
            "asked",
            "turn_received",
            "tool_started",
            "tool_result",
            "turn_received",
            "files_kept",
            "tool_started",
            "tool_result",
            "turn_received",
            "tool_started",
            "tool_result",
            "turn_received",
            "files_kept",
            "turn_ended"),
        session.types());
  }

  @Test
  void aTurnGoesBackWithItsFilesAndItsWords() throws Exception {
    write("old", "old\n");
    turnThatChanges("old");
    turnThatChanges("new");

    var done = undo();

    assertEquals(List.of(2), done.turns());
    assertEquals("change new", done.prompt());
    assertEquals(
        List.of(new ChangedFile("new", ChangedFile.Kind.REMOVED, 0, 1)), done.files().files());
    assertFalse(Files.exists(workspace.resolve("new")));
    assertEquals("old\nagent\n", read("old"));
    model.says("other");
    ask("something else");
    assertEquals(5, told().size());
    assertEquals(new Message.User("change old"), told().getFirst());
    assertEquals(new Message.User("something else"), told().getLast());
  }

  @Test
  void turnsComeAgainOneByOneUntilSomethingElseIsAsked() throws Exception {
    turnThatChanges("a");
    turnThatChanges("b");
    var both = undone(reversal().undo(OptionalInt.of(1), Others.KEPT));

    assertEquals(List.of(1, 2), both.turns());
    assertFalse(Files.exists(workspace.resolve("a")));
    assertEquals(List.of(1), undone(reversal().redo(Others.KEPT)).turns());
    assertEquals("agent\n", read("a"));
    assertFalse(Files.exists(workspace.resolve("b")));
    assertEquals(List.of(2), undone(reversal().redo(Others.KEPT)).turns());
    assertEquals("agent\n", read("b"));
    assertEquals(new Outcome.Nothing(), reversal().redo(Others.KEPT));

    undo();
    model.says("other");
    ask("something else");

    assertEquals(new Outcome.Nothing(), reversal().redo(Others.KEPT));
    assertEquals(
        new Outcome.Nothing(), reversal().undo(OptionalInt.of(2), Others.KEPT), "it is undone");
    assertEquals("something else", undo().prompt());
  }

  @Test
  void whatTheUserHasChangedSinceStaysUnlessConfirmed() throws Exception {
    write("mine", "1\n");
    turnThatChanges("mine");
    write("mine", "the user's\n");

    assertEquals(List.of("mine"), undo().files().kept());
    assertEquals("the user's\n", read("mine"));

    reversal().redo(Others.KEPT);
    var forced = undone(reversal().undo(OptionalInt.empty(), Others.OVERRULED));

    assertEquals(List.of(), forced.files().kept());
    assertEquals("1\n", read("mine"));
  }

  @Test
  void thereIsNothingToTakeBackBeforeTheFirstTurn() throws Exception {
    assertEquals(new Outcome.Nothing(), reversal().undo(OptionalInt.empty(), Others.KEPT));
    assertEquals(new Outcome.Nothing(), reversal().undo(OptionalInt.of(1), Others.KEPT));
    assertEquals(List.of(), session.types());
  }

  @Test
  void aTurnThatWasStoppedGoesBackWithWhatItHadChanged() throws Exception {
    model.calls("a", "change", "{\"at\":\"f\"}").hangs();
    var stop = new CancellationSource();
    var conversation = open(snapshots);
    var turn =
        Thread.ofVirtual()
            .start(() -> {
              try {
                conversation.turn(new Asked("go"), stop, events::add);
              } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
    model.awaitHanging();
    stop.cancel();
    turn.join();
    assertEquals("agent\n", read("f"));

    undo();

    assertFalse(Files.exists(workspace.resolve("f")));
  }

  /// A turn may be killed at any entry. Whatever was written down by then, what the turn changed
  /// goes back when that is confirmed, and nothing is guessed before.
  @Test
  void aTurnThatWasKilledIsNotTakenBackUnasked() throws Exception {
    write("f", "before\n");
    turnThatChanges("f");
    var all = session.recorded();
    int started = session.types().indexOf("tool_started");
    int after = session.types().lastIndexOf("files_kept");
    int cuts = 0;
    for (int cut = started + 1; cut <= after; cut++) {
      session = new RecordedSession().holding(all.subList(0, cut));
      write("f", "before\nagent\n");

      assertEquals(new Outcome.Unsure(1), reversal().undo(OptionalInt.empty(), Others.KEPT));
      assertEquals("before\nagent\n", read("f"));
      undone(reversal().undo(OptionalInt.empty(), Others.OVERRULED));
      assertEquals("before\n", read("f"));
      reversal().redo(Others.KEPT);
      assertEquals("before\nagent\n", read("f"));
      cuts++;
    }
    assertEquals(3, cuts);
  }

  @Test
  void aReversalThatWasKilledBeforeItWasWrittenDownIsDoneAgain() throws Exception {
    write("f", "before\n");
    turnThatChanges("f");
    turnThatChanges("f");
    var all = session.recorded();
    undone(reversal().undo(OptionalInt.of(1), Others.KEPT));
    assertEquals("before\n", read("f"));
    session = new RecordedSession().holding(all);

    var again = undone(reversal().undo(OptionalInt.of(1), Others.KEPT));

    assertEquals(List.of(), again.files().kept());
    assertEquals("before\n", read("f"));
    reversal().redo(Others.KEPT);
    reversal().redo(Others.KEPT);
    assertEquals("before\nagent\nagent\n", read("f"));
  }

  @Test
  void filesThatCouldNotBeKeptAreToldTwiceAndTheAgentWorksOn() throws Exception {
    var broken =
        new Snapshots(git(Path.of("/bin/false")), workspace, folder.resolve("x"), List.of());
    model.calls("a", "change", "{\"at\":\"f\"}").says("done");
    open(broken).turn(new Asked("go"), CancellationToken.never(), events::add);

    var done = undo();

    assertEquals(List.of(1), done.unkept());
    assertEquals("agent\n", read("f"));
    var notices =
        events.stream().filter(AgentEvent.Notice.class::isInstance).map(Object::toString).toList();
    assertEquals(2, notices.size(), "before and after the turn");
    assertEquals(true, notices.getFirst().contains("cannot be undone"), notices.getFirst());
  }

  @Test
  void statesOfAnotherMachineAreNotTakenForThisOnes() throws Exception {
    turnThatChanges("f");
    snapshots = new Snapshots(git(GIT), workspace, folder.resolve("other"), List.of());

    var done = undo();

    assertEquals(List.of(1), done.unkept());
    assertEquals("agent\n", read("f"));
  }

  @Test
  void aTurnHoldsWhereGitRefuses() throws Exception {
    turnThatChanges("f");
    var broken =
        new Snapshots(git(Path.of("/bin/false")), workspace, folder.resolve("x"), List.of());
    var reversal = new TurnReversal(ConversationRecord.open(session), broken);
    var before = session.types();

    assertThrows(IOException.class, () -> reversal.undo(OptionalInt.empty(), Others.KEPT));

    assertEquals(before, session.types());
  }

  @Test
  void theStoryOfTheSessionTellsThatTurnsWentBack() throws Exception {
    turnThatChanges("f");
    undo();
    reversal().redo(Others.KEPT);

    var told = SessionEvents.of(session.recorded().stream().map(FactCodec::read).toList());

    assertEquals(
        List.of(
            new AgentEvent.Notice("turns_undone", "turn 1 and later were undone"),
            new AgentEvent.Notice("turn_redone", "turn 1 was redone")),
        told.stream().filter(AgentEvent.Notice.class::isInstance).toList());
  }

  @Test
  void theFirstRequestDoesNotWaitForTheFiles() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      write("file" + i, "text " + i);
    }
    model.says("warm");
    ask("warm up");
    long begun = System.nanoTime();
    model.says("hello");
    ask("hello");
    long without = System.nanoTime() - begun;
    begun = System.nanoTime();
    turnThatChanges("f");
    long first = System.nanoTime() - begun;
    begun = System.nanoTime();
    turnThatChanges("f");
    long next = System.nanoTime() - begun;

    System.out.printf(
        "turn over 2,000 files: %d ms without a change, %d ms with the first snapshot ever, %d ms"
            + " with the next%n",
        without / 1_000_000, first / 1_000_000, next / 1_000_000);
    assertEquals(2, session.types().stream().filter("files_kept"::equals).count() / 2);
  }
}
