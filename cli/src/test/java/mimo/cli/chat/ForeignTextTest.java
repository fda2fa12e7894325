package mimo.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.TurnReversal.Outcome.Done;
import mimo.agent.json.Json;
import mimo.agent.message.Message;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Question;
import mimo.agent.permission.Ruling;
import mimo.agent.question.Asker;
import mimo.agent.snapshot.ChangedFile;
import mimo.agent.snapshot.Excluded;
import mimo.agent.snapshot.Restored;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.cli.terminal.ReversalReport;
import mimo.cli.terminal.SessionReport;
import mimo.cli.terminal.Style;
import mimo.cli.testing.TerminalPayloads;
import mimo.engine.CancellationToken;
import mimo.engine.journal.SessionEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// T15: whoever a text in line mode is from, none of it steers the terminal.
@Timeout(60)
final class ForeignTextTest {

  private final Map<String, UnaryOperator<String>> sources = new LinkedHashMap<>();

  ForeignTextTest() {
    sources.put("the model", text -> heard(new AgentEvent.TextDelta(text)));
    sources.put("arguments", ForeignTextTest::call);
    sources.put("a tool", text -> ended(text, Status.ERROR));
    sources.put("a failure", ForeignTextTest::notice);
    sources.put("the user", ForeignTextTest::said);
    sources.put("a permission", ForeignTextTest::permission);
    sources.put("a question", ForeignTextTest::question);
    sources.put("files that went back", ForeignTextTest::reversal);
    sources.put("a session", ForeignTextTest::session);
  }

  private static ChatView view() {
    return new ChatView(Style.PLAIN, () -> 60);
  }

  private static String lines(ChatView view) {
    view.rest();
    return String.join("\n", view.take());
  }

  private static String heard(AgentEvent... events) {
    var view = view();
    List.of(events).forEach(view::heard);
    return lines(view);
  }

  private static String call(String text) {
    var view = view();
    view.heard(new AgentEvent.ToolStart("a", text, "{\"command\":" + Json.quote(text) + "}"));
    return view.state();
  }

  private static String ended(String text, Status status) {
    var answer = new Message.ToolAnswer("a", text, Message.Status.ERROR);
    return heard(new AgentEvent.ToolEnd("a", text, answer, status, Duration.ZERO));
  }

  private static String notice(String text) {
    var view = view();
    view.heard(new AgentEvent.Notice("code", text));
    view.heard(new AgentEvent.RetryStart(text, Duration.ZERO));
    view.fault(text);
    return lines(view);
  }

  private static String said(String text) {
    var view = view();
    view.said(text);
    view.tell(text);
    return lines(view);
  }

  private static String shown(ChatCompany company, List<String> seen) {
    company.comes(
        ask -> {
          seen.addAll(ask.lines());
          ask.choices().forEach(choice -> seen.add(choice.words()));
          ask.reply().complete(new Ask.Reply(ask.refusal(), ""));
        },
        _ -> {});
    return "";
  }

  private static String permission(String text) {
    var seen = new ArrayList<String>();
    var company = new ChatCompany(Style.PLAIN);
    shown(company, seen);
    var needs =
        List.<Need>of(
            new Need.Write(text), new Need.Command(text, true, text), new Need.Fetch(text));
    var ruling = new Ruling(Decision.ASK, text, null, List.of(), List.of(new Grant("bash", text)));
    var question =
        new Question(
            new Call("tool", Effect.CHANGES, needs),
            ruling,
            Optional.of("+" + text),
            List.of(new Question.Link(text, text)));
    try {
      company.company().approver().ask(question, CancellationToken.never());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
    return String.join("\n", seen);
  }

  private static String question(String text) {
    var seen = new ArrayList<String>();
    var company = new ChatCompany(Style.PLAIN);
    shown(company, seen);
    try {
      company
          .company()
          .asker()
          .ask(new Asker.Question(text, List.of(text)), CancellationToken.never());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
    return String.join("\n", seen);
  }

  private static String reversal(String text) {
    var files =
        new Restored(
            "tree",
            List.of(new ChangedFile(text, ChangedFile.Kind.ADDED, 1, 1)),
            List.of(text),
            List.of(new Excluded(text, Excluded.Reason.IGNORED)));
    var report = new ReversalReport(new Done(List.of(1), text, files, List.of(1)), Style.PLAIN);
    return String.join("\n", report.lines("undid", "force"));
  }

  private static String session(String text) {
    var json =
        "{\"prompt\":"
            + Json.quote(text)
            + ",\"attached\":[{\"name\":"
            + Json.quote(text)
            + ",\"text\":\"\"}]}";
    var entries = List.of(new SessionEntry("asked", json, Instant.EPOCH));
    return String.join("\n", new SessionReport(text, text, entries, Style.PLAIN).lines());
  }

  @Test
  void noneOfItSteersTheTerminal() {
    int cells = 0;
    for (var source : sources.entrySet()) {
      for (var payload : TerminalPayloads.all()) {
        var shown = source.getValue().apply("before" + payload + "after");

        assertTrue(shown.contains("before"), source.getKey() + " shows nothing");
        var foreign = shown.codePoints().filter(point -> !TerminalPayloads.isSafe(point)).toArray();
        assertEquals(0, foreign.length, () -> source.getKey() + ": " + shown);
        cells++;
      }
    }

    System.out.printf(
        "T15: %d payloads x %d sources, %d cells, 0 foreign control bytes%n",
        TerminalPayloads.all().size(), sources.size(), cells);
    assertTrue(cells >= 640);
  }
}
