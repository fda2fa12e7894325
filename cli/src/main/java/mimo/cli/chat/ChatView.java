package mimo.cli.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.message.Message;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.GoalLines;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;
import mimo.cli.terminal.markdown.MarkdownStream;

/// Tells what a turn does: its words as they come, each tool call as one line. Confined to the
/// loop's thread.
final class ChatView {

  private static final int FAULT_WIDTH = 160;
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final Style style;
  private final MarkdownStream markdown;
  private final List<String> ready = new ArrayList<>();
  private final Map<String, String> running = new LinkedHashMap<>();
  private String state = "";

  ChatView(Style style, IntSupplier columns) {
    this.style = style;
    this.markdown = new MarkdownStream(style, columns, ready::add);
  }

  /// The lines that can be printed now.
  List<String> take() {
    var lines = List.copyOf(ready);
    ready.clear();
    return lines;
  }

  /// What is going on, in a few words.
  String state() {
    return running.isEmpty() ? state : String.join(", ", running.values());
  }

  /// What the user said.
  void said(String text) {
    ready.add("");
    var lines = TerminalText.visible(text).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      ready.add(style.bold((i == 0 ? "> " : "  ") + lines.get(i)));
    }
    ready.add("");
    state = "waiting";
  }

  /// Something mimo itself has to say.
  void tell(String text) {
    TerminalText.visible(text).lines().forEach(ready::add);
  }

  void warn(String text) {
    ready.add(style.yellow(TerminalText.oneLine(text)));
  }

  void fault(String text) {
    ready.add(style.red(TerminalText.oneLine(text)));
  }

  /// Lines that are fit for the terminal already.
  void show(List<String> lines) {
    ready.addAll(lines);
  }

  void heard(AgentEvent event) {
    switch (event) {
      case AgentEvent.TextDelta(var text) -> {
        state = "writing";
        markdown.accept(text);
      }
      case AgentEvent.TextEnd _ -> markdown.end();
      case AgentEvent.ReasoningStart _ -> state = "thinking";
      case AgentEvent.ToolStart(var call, var tool, var arguments) ->
          running.put(call, ToolWords.of(tool, arguments));
      case AgentEvent.ToolEnd(var call, var tool, var answer, var status, var took) ->
          ended(running.remove(call), tool, new Ending(answer, status, took));
      case AgentEvent.RetryStart(var reason, var delay) ->
          warn("%s; trying again in %s".formatted(reason, Figures.time(delay)));
      case AgentEvent.CandidatesStart(_, var count) ->
          state = count == 1 ? "waiting" : "weighing " + count + " candidates";
      case AgentEvent.CandidatesEnd(_, var choice) -> {
        if (choice != null) {
          ready.add(style.faint("◆ " + TerminalText.cut(choice.words(), FAULT_WIDTH)));
        }
      }
      case AgentEvent.Notice(_, var text) -> warn(text);
      case AgentEvent.StepStart _ -> state = "waiting";
      case AgentEvent.GoalStart _ -> state = "judging";
      case AgentEvent.GoalEnd(_, var ruled) -> {
        if (ruled != null) {
          GoalLines.of(ruled).forEach(line -> ready.add(style.faint("goal  ") + line));
        }
      }
      case AgentEvent other -> {
        // The rest is bookkeeping.
      }
    }
  }

  private record Ending(Message.ToolAnswer answer, Status status, Duration took) {}

  private void ended(@org.jspecify.annotations.Nullable String words, String tool, Ending ending) {
    var line = words == null ? TerminalText.oneLine(tool) : words;
    var took = ending.took().compareTo(WORTH_TELLING) < 0 ? "" : "  " + Figures.time(ending.took());
    ready.add(
        switch (ending.status()) {
          case OK -> style.green("● ") + line + style.faint(took);
          case ERROR -> style.red("● ") + line + style.faint("  " + fault(ending.answer()));
          case ABORTED -> style.yellow("● ") + line + style.faint("  stopped");
          case DENIED -> style.yellow("● ") + line + style.faint("  " + fault(ending.answer()));
          case SKIPPED -> style.faint("● " + line + "  skipped");
        });
  }

  private static String fault(Message.ToolAnswer answer) {
    return TerminalText.cut(answer.text().strip(), FAULT_WIDTH);
  }

  /// The turn is over, whatever it was doing.
  void rest() {
    markdown.end();
    running.clear();
    state = "";
  }
}
