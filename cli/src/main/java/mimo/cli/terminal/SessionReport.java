package mimo.cli.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mimo.agent.AgentEvent;
import mimo.agent.goal.GoalLedger;
import mimo.agent.maxmode.Choice;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.ConversationTurns;
import mimo.agent.session.FactCodec;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalWords;
import mimo.agent.session.SessionFact;
import mimo.agent.task.TaskTree;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// What one agent said and did, told from its session: turn by turn, long texts cut.
public final class SessionReport {

  private static final int MAX_TITLE = 100;
  private static final int MAX_WORDS = 400;
  private static final int MAX_INPUT = 100;
  private static final int MAX_ANSWER = 160;

  private final String title;
  private final String prompt;
  private final List<SessionEntry> entries;
  private final Style style;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Content.ToolCall> calls = new LinkedHashMap<>();
  private int asked;
  private int turn;

  /// @param title what the agent's step is called
  /// @param prompt what it was asked, shown whole; empty if it is no agent's
  public SessionReport(String title, String prompt, List<SessionEntry> entries, Style style) {
    this.title = title;
    this.prompt = prompt;
    this.entries = List.copyOf(entries);
    this.style = style;
  }

  /// The report; serves once.
  public List<String> lines() {
    lines.add(style.bold(TerminalText.cut(title, MAX_TITLE)));
    if (!prompt.isEmpty()) {
      var asked = TerminalText.visible(prompt).lines().toList();
      lines.add("  asked  " + asked.getFirst());
      asked.stream().skip(1).map(line -> "         " + line).forEach(lines::add);
    }
    if (entries.isEmpty()) {
      lines.add("  Nothing was said here.");
    }
    entries.forEach(this::add);
    calls.values().forEach(call -> lines.add("  calls  " + words(call) + "  no answer"));
    standing();
    return List.copyOf(lines);
  }

  private void add(SessionEntry entry) {
    switch (FactCodec.read(entry)) {
      case SessionFact.Began(var model, var effort, _, var tools, _, _) -> {
        var hard = effort == null ? "" : ", effort " + effort;
        lines.add("  model  " + TerminalText.oneLine(model + hard));
        lines.add("  tools  " + TerminalText.oneLine(String.join(", ", tools)));
      }
      case SessionFact.Chosen chosen -> add(chosen);
      case SessionFact.Asked question -> {
        turn = 0;
        lines.add("");
        lines.add(style.bold("Asked " + ++asked + "  " + entry.at()));
        lines.add("  asks   " + cut(Reminder.said(question.prompt())));
        question
            .attached()
            .forEach(each -> lines.add("  gives  " + TerminalText.oneLine(each.name())));
      }
      case SessionFact.TurnEnded(var status, _, var code, var message) -> {
        lines.add("");
        lines.add(
            switch (status) {
              case ANSWERED -> style.green("✓") + " answered";
              case FAILED -> failed(code, message);
              case INTERRUPTED -> style.yellow("✗ interrupted");
            });
      }
      case SessionFact.TurnReceived reply -> {
        lines.add("");
        lines.add("Turn " + ++turn + "  " + entry.at() + "  " + tokens(reply.usage()));
        add(reply);
      }
      case SessionFact.PermissionDecided(_, var outcome, var reason) ->
          lines.add("  " + outcome.name().toLowerCase(Locale.ROOT) + "  " + cut(reason));
      case SessionFact.ToolStarted _ -> {}
      case SessionFact.ToolEnded(var answer, var took) -> answered(answer, took.toMillis());
      case SessionFact.FilesKept(var moment, var tree) -> {
        if (tree == null) {
          var when = moment.name().toLowerCase(Locale.ROOT);
          lines.add("  files  not kept " + when + " the turn");
        }
      }
      case SessionFact.TurnsUndone(var first, _) -> noted("Undone: " + first + " and later");
      case SessionFact.TurnRedone(var again) -> noted("Redone: " + again);
      case GoalFact goal -> add(goal);
      case SessionFact.Rebuilt rebuilt ->
          noted("Rebuilt: " + AgentEvent.Notice.rebuilt(rebuilt).text());
      case SessionFact.Prompted(var text) -> lines.add("  told   " + cut(Reminder.said(text)));
      case SessionFact.Arrived(_, var text) -> lines.add("  heard  " + cut(Reminder.said(text)));
      case SessionFact.CheckpointKept kept -> lines.add("  state  " + words(kept));
      case SessionFact.CandidatesLost(var choice) -> add(choice);
      case SessionFact.AttemptStarted(var reason) -> {
        turn = 0;
        calls.clear();
        noted("Begins anew: " + TerminalText.oneLine(reason));
      }
      case SessionFact.Ended(var code, var message) ->
          noted(code == null ? style.green("✓") + " answered" : failed(code, message));
    }
  }

  private void add(SessionFact.Chosen chosen) {
    lines.add("  agent  " + TerminalText.oneLine(chosen.agent()));
    lines.add("  model  " + TerminalText.oneLine(chosen.model()));
    lines.add("  tools  " + TerminalText.oneLine(String.join(", ", chosen.tools())));
  }

  private void add(SessionFact.TurnReceived reply) {
    if (reply.choice() != null) {
      add(reply.choice());
    }
    reply.content().forEach(this::add);
  }

  private void add(Choice choice) {
    lines.add("  max    " + cut(choice.words()));
    if (!choice.overhead().isEmpty()) {
      var requests = Figures.count(choice.overhead().size(), "request");
      lines.add("         overhead " + requests + ", " + tokens(choice.overheadSum()));
    }
  }

  /// What its tasks and its goal have come to.
  private void standing() {
    var facts = ConversationTurns.holding(entries.stream().map(FactCodec::read).toList());
    var tasks = TaskTree.of(facts);
    if (!tasks.isEmpty()) {
      noted(style.bold("Tasks"));
      tasks.items().forEach(item -> lines.add("  " + cut(item.line())));
    }
    var goal = GoalLedger.of(facts).shown();
    if (!goal.isEmpty()) {
      lines.add("");
      goal.forEach(line -> lines.add(cut(line)));
    }
  }

  private void add(GoalFact fact) {
    switch (fact) {
      case GoalFact.Set set -> {
        lines.add("  goal   " + cut(set.condition()));
        set.checks().forEach(check -> lines.add("  check  " + cut(GoalWords.name(check))));
      }
      case GoalFact.Cleared _ -> lines.add("  goal   cleared");
      case GoalFact.Checked checked ->
          checked
              .results()
              .forEach(each ->
                  lines.add(
                      "  check  " + (each.passed() ? "passed: " : "failed: ") + cut(each.check())));
      case GoalFact.Accepted(var accepted, var words) ->
          lines.add(
              "  goal   changed tests " + (accepted ? "count: " : "do not count: ") + cut(words));
      case GoalFact.Judged judged -> {
        if (judged.fault() != null) {
          lines.add("  judge  no valid verdict: " + cut(judged.fault()));
        }
      }
      case GoalFact.Ruled ruled ->
          GoalLines.of(ruled).forEach(line -> lines.add("  goal   " + cut(line)));
    }
  }

  private static String words(SessionFact.CheckpointKept kept) {
    return "checkpoint %d by %s, up to m%d".formatted(kept.number(), kept.writer(), kept.message());
  }

  private void noted(String words) {
    lines.add("");
    lines.add(words);
  }

  private String failed(@Nullable String code, @Nullable String message) {
    return style.red("✗ " + code + ": " + TerminalText.oneLine(String.valueOf(message)));
  }

  private static String tokens(TokenUsage usage) {
    return usage.input() + " tokens in, " + usage.output() + " out";
  }

  private void add(Content piece) {
    switch (piece) {
      case Content.Text(var text) -> lines.add("  says   " + cut(text));
      case Content.Reasoning(var text, _) -> lines.add("  thinks " + cut(text));
      case Content.ToolCall call -> calls.put(call.id(), call);
    }
  }

  /// Calls are told with their answers, in the order in which they had them.
  private void answered(Message.ToolAnswer answer, long millis) {
    var call = calls.remove(answer.call());
    var what = call == null ? TerminalText.oneLine(answer.call()) : words(call);
    var word = answer.status().name().toLowerCase(Locale.ROOT);
    var status = answer.status() == Message.Status.OK ? "" : ", " + word;
    lines.add("  calls  " + what + "  " + millis + " ms" + status);
    lines.add("         " + TerminalText.cut(answer.text(), MAX_ANSWER));
  }

  private static String words(Content.ToolCall call) {
    var input = TerminalText.cut(JsonText.words(call.arguments()), MAX_INPUT);
    return TerminalText.oneLine(call.tool()) + " " + input;
  }

  private static String cut(String text) {
    return TerminalText.cut(text, MAX_WORDS);
  }
}
