package mimo.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.Failure;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.StepKind;
import org.jspecify.annotations.Nullable;

/// A run told from its events alone: phases, agents with their tool calls, what was lost, how it
/// ended, and how to go on.
public final class RunReport {

  private static final int MAX_INPUT = 60;
  private static final int MAX_LABEL = 80;
  private static final int MAX_TEXT = 200;

  private final RunId run;
  private final String status;
  private final List<RunEvent> events;
  private final Style style;
  private final ErrorTable table;

  /// @param status how the run stands, for example `running`: its events cannot tell a run that
  ///   somebody works on from one that was stopped
  public RunReport(RunId run, String status, List<RunEvent> events, Style style, ErrorTable table) {
    this.run = run;
    this.status = status;
    this.events = List.copyOf(events);
    this.style = style;
    this.table = table;
  }

  public List<String> lines() {
    var board = new RunBoard(InstantSource.fixed(Instant.EPOCH));
    board.recall(events);
    var state = board.state();
    var lines = new ArrayList<String>();
    addHead(state, lines);
    addSteps(lines);
    var end = end();
    if (end != null) {
      addEnd(end, lines);
    } else if (!status.equals("running")) {
      lines.add("");
      addStandstill(lines);
    }
    return lines;
  }

  private void addHead(BoardState state, List<String> lines) {
    lines.add(style.bold(TerminalText.oneLine(state.workflow()) + "  " + run) + "  " + status);
    for (var event : events) {
      if (event instanceof RunEvent.Started started) {
        lines.add(
            (started.origin() instanceof RunOrigin.Continued ? "  continued  " : "  started    ")
                + started.at()
                + (latest().getFirst().equals(started) ? took(started.at()) : ""));
        if (started.origin() instanceof RunOrigin.Forked forked) {
          lines.add(
              "  forked     off run %s at #%d".formatted(forked.source(), forked.step().seq()));
        }
        if (!(started.origin() instanceof RunOrigin.Continued)) {
          lines.add("  arguments  " + TerminalText.cut(started.arguments(), MAX_TEXT));
        }
      } else if (event instanceof RunEvent.Resumed resumed) {
        lines.add("  resumed    " + resumed.at() + setAside(resumed.setAside()));
      }
    }
    lines.add("  agents     " + counts(state));
    lines.add("  used       " + Figures.usage(state.usage(), state.offline()));
  }

  /// What a crash left half-written, and is not part of the run any more (D15).
  private static String setAside(int entries) {
    return entries == 0
        ? ""
        : ", "
            + entries
            + (entries == 1 ? " damaged entry" : " damaged entries")
            + " at the journal's end set aside";
  }

  private static String counts(BoardState state) {
    if (state.agents().isEmpty()) {
      return "none was started";
    }
    int done = state.in(BoardState.Stage.DONE).size();
    int lost = state.in(BoardState.Stage.LOST).size();
    int open = state.agents().size() - done - lost;
    return done + " done, " + lost + " lost" + (open == 0 ? "" : ", " + open + " not ended");
  }

  private String took(Instant began) {
    var end = end();
    return end == null ? "" : ", took " + Figures.time(Duration.between(began, end.at()));
  }

  /// What happened since the run was last continued, if it was.
  private List<RunEvent> latest() {
    int from = events.size() - 1;
    while (from > 0 && !(events.get(from) instanceof RunEvent.Started)) {
      from--;
    }
    return events.subList(Math.max(0, from), events.size());
  }

  /// The steps by phase, in the order in which the phases were entered and the steps asked for.
  private void addSteps(List<String> lines) {
    var ends = new LinkedHashMap<Integer, RunEvent>();
    SequencedMap<String, List<RunEvent>> byPhase = new LinkedHashMap<>();
    var phase = "";
    for (var event : latest()) {
      switch (event) {
        case RunEvent.StepScheduled step -> {
          if (step.kind().isAgent() || step.kind() == StepKind.TOOL) {
            byPhase.computeIfAbsent(step.phase(), title -> new ArrayList<>()).add(step);
          }
        }
        case RunEvent.PhaseEntered entered -> {
          phase = entered.title();
          byPhase.computeIfAbsent(phase, title -> new ArrayList<>());
        }
        case RunEvent.LogWritten log ->
            byPhase.computeIfAbsent(phase, title -> new ArrayList<>()).add(log);
        case RunEvent.GateOpened gate ->
            byPhase.computeIfAbsent(phase, title -> new ArrayList<>()).add(gate);
        case RunEvent.GateAnswered answer -> ends.put(answer.seq(), answer);
        case RunEvent.TimerSet timer -> {}
        case RunEvent.TimerFired timer -> {}
        case RunEvent.Waited waited -> {}
        case RunEvent.StepCompleted step -> ends.put(step.seq(), step);
        case RunEvent.StepFailed step -> ends.put(step.seq(), step);
        case RunEvent.BudgetOpened opened -> {}
        case RunEvent.Started started -> {}
        case RunEvent.StepSpent step -> {}
        case RunEvent.Delivered delivered -> {}
        case RunEvent.Resumed resumed -> {}
        case RunEvent.OptionsChanged changed -> {}
        case RunEvent.Parked parked -> {}
        case RunEvent.Paused paused -> {}
        case RunEvent.ControlApplied applied -> {}
        case RunEvent.Ended ended -> {}
        case RunEvent.Scrubbed scrubbed -> {}
      }
    }
    byPhase.forEach((title, entries) -> addPhase(title, entries, ends, lines));
  }

  private void addPhase(
      String title, List<RunEvent> entries, Map<Integer, RunEvent> ends, List<String> lines) {
    lines.add("");
    lines.add(style.bold(title.isEmpty() ? "Without phase" : TerminalText.oneLine(title)));
    for (var entry : entries) {
      if (entry instanceof RunEvent.LogWritten log) {
        lines.add("  · " + TerminalText.oneLine(log.text()));
      } else if (entry instanceof RunEvent.StepScheduled step && step.kind() == StepKind.TOOL) {
        lines.add(call(step, ends.get(step.seq())));
      } else if (entry instanceof RunEvent.StepScheduled step) {
        addAgent(step, ends.get(step.seq()), lines);
      } else if (entry instanceof RunEvent.GateOpened gate) {
        lines.add(question(gate, ends.get(gate.seq())));
      }
    }
  }

  private static String question(RunEvent.GateOpened gate, @Nullable RunEvent end) {
    var asked = "  ? #" + gate.seq() + " " + TerminalText.cut(gate.question(), MAX_TEXT) + "  ";
    return switch (end) {
      case RunEvent.GateAnswered answer ->
          asked
              + TerminalText.cut(answer.value(), MAX_INPUT)
              + " ("
              + TerminalText.oneLine(answer.who().isEmpty() ? answer.channel() : answer.who())
              + ")";
      case RunEvent.StepFailed failed -> asked + failed.code();
      case null, default -> asked + "not answered";
    };
  }

  /// A tool that the script called itself.
  private String call(RunEvent.StepScheduled step, @Nullable RunEvent end) {
    var name = "#" + step.seq() + " " + TerminalText.cut(step.label(), MAX_LABEL);
    return switch (end) {
      case RunEvent.StepCompleted _ -> "  " + style.green("✓") + " " + name;
      case RunEvent.StepFailed failed ->
          "  "
              + style.red(
                  "✗ "
                      + name
                      + "  "
                      + failed.code()
                      + ": "
                      + TerminalText.cut(failed.message(), MAX_TEXT));
      case null, default -> "  ○ " + name + "  not ended";
    };
  }

  private void addAgent(RunEvent.StepScheduled step, @Nullable RunEvent end, List<String> lines) {
    var name =
        "#"
            + step.seq()
            + " "
            + TerminalText.cut(step.label().isEmpty() ? "agent" : step.label(), MAX_LABEL);
    if (end instanceof RunEvent.StepCompleted done) {
      var report = StepReport.parse(done.report());
      var work = done.reused() == null ? work(report, done.usage()) : "reused, no cost";
      lines.add("  " + style.green("✓") + " " + name + "  " + work);
      addTools(report, lines);
    } else if (end instanceof RunEvent.StepFailed failed) {
      var report = StepReport.parse(failed.report());
      lines.add(
          "  "
              + style.red(
                  "✗ "
                      + name
                      + "  "
                      + failed.code()
                      + ": "
                      + TerminalText.cut(failed.message(), MAX_TEXT))
              + "  "
              + work(report, failed.usage()));
      addTools(report, lines);
    } else {
      lines.add("  ○ " + name + "  not ended");
    }
  }

  private static String work(StepReport report, Map<String, Long> usage) {
    var model = report.model().isEmpty() ? "" : TerminalText.oneLine(report.model()) + ", ";
    return model
        + Figures.count(report.turns(), "turn")
        + ", "
        + Figures.usage(usage, report.offline());
  }

  private static void addTools(StepReport report, List<String> lines) {
    for (var use : report.tools()) {
      lines.add(
          "      "
              + TerminalText.oneLine(use.tool())
              + " "
              + TerminalText.cut(JsonText.words(use.input()), MAX_INPUT)
              + "  "
              + TerminalText.oneLine(use.status())
              + ", "
              + use.millis()
              + " ms");
    }
    var worktree = report.worktree();
    if (worktree != null) {
      lines.add(
          "      changes on the branch "
              + TerminalText.oneLine(worktree.branch())
              + ", in "
              + TerminalText.oneLine(worktree.directory()));
    }
  }

  private void addEnd(RunEvent.Ended end, List<String> lines) {
    var losses = ResultPrinter.losses(end.losses(), style);
    if (!losses.isEmpty()) {
      lines.add("");
      lines.addAll(losses);
    }
    lines.add("");
    if (end.value() != null) {
      lines.add(style.bold("Result"));
      TerminalText.visible(ResultPrinter.asText(end.value()))
          .lines()
          .forEach(line -> lines.add("  " + line));
    } else if (end.code() != null) {
      var message = end.message() == null ? "" : end.message();
      var failure = new Failure(end.code(), message, end.position(), null, run.value());
      lines.addAll(new ErrorPrinter(table, style).lines(failure));
    }
  }

  /// Why the run does not go on by itself, and how to make it.
  private void addStandstill(List<String> lines) {
    if (events.getLast() instanceof RunEvent.Parked parked) {
      var failure = new Failure(parked.code(), parked.message(), null, null, run.value());
      lines.add("Parked at " + parked.at() + " (" + parked.reason().word() + ")");
      lines.addAll(new ErrorPrinter(table, style).parked(failure));
    } else if (events.getLast() instanceof RunEvent.Paused paused) {
      var failure = new Failure(paused.code(), paused.message(), null, null, run.value());
      lines.add("Paused at " + paused.at());
      lines.addAll(new ErrorPrinter(table, style).parked(failure));
    } else {
      lines.add("Resume it with: mimo runs resume " + run);
    }
  }

  private RunEvent.@Nullable Ended end() {
    return !events.isEmpty() && events.getLast() instanceof RunEvent.Ended ended ? ended : null;
  }
}
