package mimo.agent.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentEvent.Outcome;
import mimo.agent.json.Json;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.Choice.Candidate;
import mimo.agent.maxmode.Choice.How;
import mimo.agent.message.Content;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Guarded;
import mimo.agent.session.GoalFact.Result;
import mimo.agent.session.SessionFact.Attached;
import mimo.agent.session.SessionFact.Cause;
import mimo.agent.session.SessionFact.Kept;
import mimo.agent.session.SessionFact.Moment;
import mimo.agent.session.SessionFact.TurnStatus;
import mimo.agent.session.SessionFact.Usual;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.agent.testing.RecordedSession;
import org.jspecify.annotations.Nullable;

/// What stands in the recorded session of a version, fact by fact. A new kind of fact is added at
/// the end, and to a file of its own: what is recorded is never edited.
final class RecordedFacts {

  private static final TokenUsage USED = new TokenUsage(1200, 80, 20, 900, 40);

  private RecordedFacts() {}

  /// Writes the file.
  ///
  /// @param arguments the file
  public static void main(String[] arguments) throws IOException {
    var session = new RecordedSession();
    var lines = new ArrayList<String>();
    of010().forEach(fact -> FactCodec.append(session, fact));
    for (var entry : session.recorded()) {
      var line = Json.object().put("type", entry.type());
      line.set("body", Json.parse(entry.json()));
      lines.add(Json.write(line));
    }
    Files.write(Path.of(arguments[0]), lines);
  }

  /// One conversation in which everything happens once, as 0.1.0 writes it down.
  static List<SessionFact> of010() {
    var facts = new ArrayList<SessionFact>();
    facts.addAll(beginnings());
    facts.addAll(calls());
    facts.addAll(choices());
    facts.addAll(ofTheGoal());
    facts.addAll(ofTheWindow());
    facts.addAll(endings());
    return List.copyOf(facts);
  }

  private static List<SessionFact> beginnings() {
    return List.of(
        new SessionFact.Began(
            "fake/model",
            "high",
            "You work.",
            List.of("read", "bash"),
            new WorktreeName("w1", "ab".repeat(20)),
            "memory:1a2b3c4d"),
        new SessionFact.Began("fake/model", null, null, List.of()),
        new SessionFact.AttemptStarted("stalled"),
        new SessionFact.Chosen(
            "build",
            "fake/model",
            new Price(3_000_000, 15_000_000, 300_000),
            "You build.",
            List.of("task", "bash"),
            new Usual("plan", "fake/small")),
        new SessionFact.Chosen("build", "fake/model", null, "You build.", List.of(), null),
        new SessionFact.Arrived("memory:1a2b3c4d", "<memory>\n- Never push.\n</memory>"),
        new SessionFact.Asked("Add a flag.", List.of(new Attached("notes.md", "a\nb"))));
  }

  private static List<SessionFact> calls() {
    return List.of(
        new SessionFact.TurnReceived(
            List.of(
                new Content.Reasoning("First the list.", new Content.Seal("fake", "{\"s\":1}")),
                new Content.Reasoning("Then the rest."),
                new Content.Text("I begin."),
                new Content.ToolCall(
                    "c1",
                    "task",
                    "{\"batch\":[{\"action\":\"create\",\"title\":\"the flag\"},"
                        + "{\"action\":\"start\",\"id\":\"T1\"}]}"),
                new Content.ToolCall("c2", "bash", "{\"command\":\"rm x\"}"),
                new Content.ToolCall("c3", "bash", "{\"command\":\"ls\"}"),
                new Content.ToolCall("c4", "bash", "{\"command\":\"false\"}")),
            Finish.TOOL_CALLS,
            USED),
        new SessionFact.FilesKept(Moment.BEFORE, "cd".repeat(20)),
        new SessionFact.PermissionDecided("c2", Outcome.DENIED, "rule"),
        new SessionFact.PermissionDecided("c3", Outcome.ALLOWED_ONCE, "asked"),
        new SessionFact.PermissionDecided("c4", Outcome.ALLOWED_ALWAYS, "asked"),
        new SessionFact.PermissionDecided("c5", Outcome.REJECTED, "not now"),
        new SessionFact.PermissionDecided("c6", Outcome.UNATTENDED, "nobody"),
        new SessionFact.PermissionDecided("c7", Outcome.ABORTED, "stopped"),
        new SessionFact.ToolStarted("c1"),
        new SessionFact.ToolEnded(
            new ToolAnswer("c1", "T1 in_progress the flag", Status.OK), Duration.ofMillis(12)),
        new SessionFact.ToolEnded(new ToolAnswer("c2", "no", Status.DENIED), Duration.ZERO),
        new SessionFact.ToolEnded(new ToolAnswer("c3", "after c2", Status.SKIPPED), Duration.ZERO),
        new SessionFact.ToolEnded(new ToolAnswer("c4", "1", Status.ERROR), Duration.ofSeconds(2)),
        new SessionFact.FilesKept(Moment.AFTER, null));
  }

  private static List<SessionFact> choices() {
    var facts = new ArrayList<SessionFact>();
    for (var how : How.values()) {
      if (how != How.LOST) {
        facts.add(said("By " + how + ".", how == How.ORDINARY ? Choice.NONE : 0, how));
        facts.add(new SessionFact.Prompted("Continue."));
      }
    }
    facts.add(new SessionFact.CandidatesLost(Choice.lost(3, List.of(USED, USED))));
    return facts;
  }

  private static SessionFact said(String text, int chosen, How how) {
    var candidates =
        List.of(
            new Candidate("12".repeat(32), text, null, USED),
            new Candidate("", "", "it timed out", TokenUsage.NONE));
    return new SessionFact.TurnReceived(
        List.of(new Content.Text(text)),
        Finish.LENGTH,
        USED,
        new Choice(5, candidates, chosen, how, "the shorter one", List.of(USED)));
  }

  private static List<SessionFact> ofTheGoal() {
    var facts = new ArrayList<SessionFact>();
    facts.add(goal(GoalFact.By.USER, GoalFact.Tests.GUARDED, "copy1"));
    facts.add(
        new GoalFact.Checked(
            List.of(
                new Change("a_test.py", Change.Kind.CHANGED),
                new Change("b_test.py", Change.Kind.REMOVED),
                new Change("c_test.py", Change.Kind.ADDED)),
            List.of(new Result("make test", false, "1 failed")),
            List.of(new Result("make test", true, ""))));
    facts.add(new GoalFact.Accepted(true, "they were wrong"));
    for (var asked : GoalFact.Asked.values()) {
      facts.add(
          new GoalFact.Judged(
              asked, true, false, "it holds", List.of("ok"), null, "fake/judge", USED, 42L));
    }
    facts.add(
        new GoalFact.Judged(
            GoalFact.Asked.VERDICT,
            false,
            true,
            "",
            List.of(),
            "it is no JSON",
            "fake/judge",
            TokenUsage.NONE,
            null));
    for (var state : GoalFact.State.values()) {
      facts.add(
          new GoalFact.Ruled(
              state,
              "because",
              List.of("1 failed"),
              true,
              List.of(new Change("a_test.py", Change.Kind.CHANGED)),
              2,
              12,
              state == GoalFact.State.NOT_MET ? "Go on: because." : null,
              "fake/judge",
              USED,
              42L));
    }
    facts.add(goal(GoalFact.By.SCRIPT, GoalFact.Tests.FREE, null));
    facts.add(new GoalFact.Cleared());
    return facts;
  }

  private static GoalFact goal(GoalFact.By by, GoalFact.Tests tests, @Nullable String copy) {
    return new GoalFact.Set(
        "the tests pass",
        List.of(
            new Check.Command("make test", 0),
            new Check.Exists("a"),
            new Check.Absent("b"),
            new Check.Matches("c", "^x$"),
            new Check.Hash("d", "ef".repeat(32))),
        by,
        tests,
        12,
        List.of(
            new Guarded("a_test.py", "01".repeat(32), false),
            new Guarded("pytest.ini", "23".repeat(32), true)),
        copy);
  }

  private static List<SessionFact> ofTheWindow() {
    var facts = new ArrayList<SessionFact>();
    for (var writer : List.of("model", "extractive")) {
      facts.add(
          new SessionFact.CheckpointKept(1, writer, 4, "45".repeat(32), "67".repeat(32), 90_000));
    }
    for (var cause : Cause.values()) {
      facts.add(
          new SessionFact.Rebuilt(
              cause, "Until here: " + cause, new Kept(1, 4000, Kept.WHOLE), 180_000, 30_000));
    }
    return facts;
  }

  private static List<SessionFact> endings() {
    return List.of(
        new SessionFact.TurnReceived(
            List.of(new Content.Text("Again again")), Finish.REPEATED, USED),
        new SessionFact.TurnReceived(List.of(), Finish.FILTERED, USED),
        new SessionFact.TurnReceived(List.of(new Content.Text("Done.")), Finish.STOP, USED),
        new SessionFact.TurnEnded(TurnStatus.ANSWERED, "{\"done\":true}", null, null),
        new SessionFact.TurnEnded(TurnStatus.FAILED, null, "guard", "the same over and over"),
        new SessionFact.TurnEnded(TurnStatus.INTERRUPTED, null, null, null),
        new SessionFact.TurnsUndone(1, "89".repeat(20)),
        new SessionFact.TurnRedone(1),
        new SessionFact.Ended("goal_not_met", "the goal is not met"),
        new SessionFact.Ended(null, null));
  }
}
