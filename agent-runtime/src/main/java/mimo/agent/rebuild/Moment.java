package mimo.agent.rebuild;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;
import mimo.agent.session.SessionAttempt.Fate;
import mimo.agent.tool.DeferredTools;

/// How the work stands where a conversation is cut (K21).
public sealed interface Moment {

  /// The user has asked something, and nothing was done for it yet.
  ///
  /// @param unknown calls before it of which nobody knows what they did
  record Requested(List<Content.ToolCall> unknown) implements Moment {
    public Requested {
      unknown = List.copyOf(unknown);
    }
  }

  /// Work goes on, and it is known what became of every call.
  ///
  /// @param finished the last ones
  /// @param notRun those beside them that were never begun
  record AtWork(List<Content.ToolCall> finished, List<Content.ToolCall> notRun) implements Moment {
    public AtWork {
      finished = List.copyOf(finished);
      notRun = List.copyOf(notRun);
    }
  }

  /// Calls were begun, and nobody knows what they did.
  record Unknown(List<Content.ToolCall> calls) implements Moment {
    public Unknown {
      calls = List.copyOf(calls);
    }
  }

  /// The turn is over.
  record Over() implements Moment {}

  /// The turn is over, and the goal is not reached.
  ///
  /// @param reason what the last verdict said
  record GoalMissed(String reason) implements Moment {}

  /// The user was asked something.
  record Waiting(String question) implements Moment {}

  /// Reads it from what was said.
  ///
  /// @param own what the user asks for himself
  /// @param missed why the goal is not reached; empty if it is, or there is none
  static Moment of(List<Message> all, List<OwnWords> own, String missed) {
    if (all.isEmpty()) {
      return new Requested(List.of());
    }
    return switch (all.getLast()) {
      case Message.User _ -> requested(all, own);
      case Message.Tools(var answers) -> called(Calls.of(all, answers));
      case Message.Model(var content) -> {
        var said = Content.words(content, Content.Text.class).strip();
        if (!missed.isEmpty()) {
          yield new GoalMissed(missed);
        }
        yield said.endsWith("?") || said.endsWith("？")
            ? new Waiting(lastParagraph(said))
            : new Over();
      }
    };
  }

  /// What the program says in the user's place stands after an answer; what was called before it
  /// still counts.
  private static Moment requested(List<Message> all, List<OwnWords> own) {
    if (all.size() > 1 && all.get(all.size() - 2) instanceof Message.Tools(var answers)) {
      var calls = Calls.of(all.subList(0, all.size() - 1), answers);
      boolean asked = !own.isEmpty() && own.getLast().message() == all.size() - 1;
      return asked ? new Requested(calls.unknown()) : called(calls);
    }
    return new Requested(List.of());
  }

  private static Moment called(Calls calls) {
    for (var call : calls.unknown()) {
      if (call.tool().equals("question")) {
        return new Waiting(call.arguments());
      }
    }
    return calls.unknown().isEmpty()
        ? new AtWork(calls.finished(), calls.notRun())
        : new Unknown(calls.unknown());
  }

  /// What became of the last calls.
  record Calls(
      List<Content.ToolCall> finished,
      List<Content.ToolCall> unknown,
      List<Content.ToolCall> notRun) {

    /// @param all what was said, up to the answers
    private static Calls of(List<Message> all, List<Message.ToolAnswer> answers) {
      var of = new Calls(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      var calls = callsBefore(all);
      for (int i = 0; i < Math.min(calls.size(), answers.size()); i++) {
        of.list(answers.get(i)).add(calls.get(i));
      }
      return of;
    }

    private List<Content.ToolCall> list(Message.ToolAnswer answer) {
      if (answer.text().equals(Fate.CutOff.TOLD)) {
        return unknown;
      }
      return answer.status() == Message.Status.SKIPPED || answer.text().equals(Fate.Open.TOLD)
          ? notRun
          : finished;
    }
  }

  private static List<Content.ToolCall> callsBefore(List<Message> all) {
    return all.size() > 1 && all.get(all.size() - 2) instanceof Message.Model(var content)
        ? content.stream()
            .filter(Content.ToolCall.class::isInstance)
            .map(piece -> DeferredTools.meant((Content.ToolCall) piece))
            .toList()
        : List.of();
  }

  private static String lastParagraph(String said) {
    int blank = said.lastIndexOf("\n\n");
    return blank < 0 ? said : said.substring(blank + 2);
  }
}
