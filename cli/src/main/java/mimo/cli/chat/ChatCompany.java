package mimo.cli.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import mimo.agent.AgentEvent;
import mimo.agent.permission.Approver;
import mimo.agent.question.Asker;
import mimo.agent.tool.Need;
import mimo.cli.chat.Ask.Choice;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;
import mimo.engine.CancellationToken;

/// The user of a conversation, who can be asked. Thread-safe; before the user has come there is
/// nobody.
final class ChatCompany {

  /// What would change is shown so far; the rest can be seen where it is.
  private static final int PREVIEW_LINES = 20;

  private static final Choice ONCE = new Choice('y', "yes, this once");
  private static final Choice ALWAYS = new Choice('a', "always");
  private static final Choice NO = new Choice('n', "no");
  private static final Choice WORDS = new Choice('w', "in other words");

  private final Style style;
  private final AtomicReference<Consumer<Ask>> user =
      new AtomicReference<>(ask -> ask.reply().complete(new Ask.Reply(ask.refusal(), "")));

  private final AtomicReference<Consumer<AgentEvent>> ear = new AtomicReference<>(_ -> {});

  private final AgentClock clock;

  ChatCompany(Style style) {
    this(style, System::nanoTime);
  }

  /// @param nanos the clock of the machine
  ChatCompany(Style style, LongSupplier nanos) {
    this.style = style;
    this.clock = new AgentClock(nanos);
  }

  /// From now on somebody is there.
  ///
  /// @param asking puts a question to the user; thread-safe
  /// @param hearing tells the user something; thread-safe
  void comes(Consumer<Ask> asking, Consumer<AgentEvent> hearing) {
    user.set(asking);
    ear.set(hearing);
  }

  Company company() {
    return new Company(this::approve, this::answer, event -> ear.get().accept(event), clock);
  }

  private Approver.Answer approve(
      mimo.agent.permission.Question question, CancellationToken cancellation)
      throws InterruptedException {
    var choices = question.canBeRemembered() ? List.of(ONCE, ALWAYS, NO) : List.of(ONCE, NO);
    var reply = ask(new Ask(lines(question), choices), cancellation);
    if (reply.choice().equals(ONCE)) {
      return new Approver.Answer.Once();
    }
    return reply.choice().equals(ALWAYS)
        ? new Approver.Answer.Always()
        : new Approver.Answer.Rejected(reply.note().isEmpty() ? null : reply.note());
  }

  private List<String> lines(mimo.agent.permission.Question question) {
    var call = question.call();
    var lines = new ArrayList<String>();
    for (var need : call.needs()) {
      lines.add(style.bold(call.tool()) + "  " + TerminalText.oneLine(words(need)));
    }
    for (var link : question.links()) {
      var words = link.path() + " leads to " + link.target();
      lines.add(style.yellow(TerminalText.oneLine(words)));
    }
    question.preview().ifPresent(diff -> lines.addAll(shown(diff)));
    lines.add(style.faint("asked for by " + TerminalText.oneLine(question.ruling().reason())));
    if (question.canBeRemembered()) {
      var grants =
          question.ruling().always().stream()
              .map(grant -> grant.permission() + " \"" + grant.pattern() + "\"")
              .collect(Collectors.joining(", "));
      lines.add(style.faint("always allows " + TerminalText.oneLine(grants)));
    }
    return lines;
  }

  private static List<String> shown(String diff) {
    var all = diff.lines().map(TerminalText::visible).toList();
    if (all.size() <= PREVIEW_LINES) {
      return all;
    }
    var lines = new ArrayList<>(all.subList(0, PREVIEW_LINES));
    lines.add("... " + (all.size() - PREVIEW_LINES) + " lines more");
    return lines;
  }

  private static String words(Need need) {
    return switch (need) {
      case Need.Use _ -> "";
      case Need.Read(var path) -> "reads " + path;
      case Need.Write(var path) -> "writes " + path;
      case Need.Command(var command, var network, var folder) ->
          command
              + (folder.isEmpty() ? "" : "  (in " + folder + ")")
              + (network ? "  (with the network)" : "");
      case Need.Fetch(var url) -> url;
      case Need.Server(var name, var where, _) ->
          "asks the MCP server "
              + name
              + (where == Need.Server.Where.HERE ? ", a program here" : ", which is elsewhere");
    };
  }

  private Asker.Reply answer(Asker.Question question, CancellationToken cancellation)
      throws InterruptedException {
    var choices = new ArrayList<Choice>();
    for (int i = 0; i < Math.min(9, question.options().size()); i++) {
      choices.add(new Choice((char) ('1' + i), TerminalText.oneLine(question.options().get(i))));
    }
    choices.add(WORDS);
    var lines = question.text().lines().map(TerminalText::visible).toList();
    var reply = ask(new Ask(lines, choices), cancellation);
    if (!reply.choice().equals(WORDS)) {
      int chosen = reply.choice().key() - '1';
      return new Asker.Reply.Answered(question.options().get(chosen));
    }
    return reply.note().isEmpty()
        ? new Asker.Reply.Nobody()
        : new Asker.Reply.Answered(reply.note());
  }

  private Ask.Reply ask(Ask ask, CancellationToken cancellation) throws InterruptedException {
    try (var _ = clock.question();
        var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
      user.get().accept(ask);
      return ask.reply().get();
    } catch (ExecutionException never) {
      throw new IllegalStateException("an answer that failed", never);
    } finally {
      // Who stopped the agent need not answer any more.
      ask.reply().complete(new Ask.Reply(ask.refusal(), ""));
    }
  }
}
