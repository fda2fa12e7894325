package mimo.agent.rebuild;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.SessionAttempt.Fate;
import mimo.agent.tool.DeferredTools;

/// How the work stands where a conversation is cut (K21).
public sealed interface Moment {

  /// The user has asked something, and nothing was done for it yet.
  record Requested() implements Moment {}

  /// Work goes on, and every call has its answer.
  ///
  /// @param calls the last ones
  record AtWork(List<Content.ToolCall> calls) implements Moment {
    public AtWork {
      calls = List.copyOf(calls);
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
  /// @param missed why the goal is not reached; empty if it is, or there is none
  static Moment of(List<Message> all, String missed) {
    if (all.isEmpty()) {
      return new Requested();
    }
    return switch (all.getLast()) {
      case Message.User _ -> requested(all);
      case Message.Tools(var answers) -> called(callsBefore(all), answers);
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
  private static Moment requested(List<Message> all) {
    return all.size() > 1 && all.get(all.size() - 2) instanceof Message.Tools(var answers)
        ? called(callsBefore(all.subList(0, all.size() - 1)), answers)
        : new Requested();
  }

  private static Moment called(List<Content.ToolCall> calls, List<Message.ToolAnswer> answers) {
    var open = new ArrayList<Content.ToolCall>();
    for (int i = 0; i < Math.min(calls.size(), answers.size()); i++) {
      if (answers.get(i).text().equals(Fate.CutOff.TOLD)) {
        open.add(calls.get(i));
      }
    }
    for (var call : open) {
      if (call.tool().equals("question")) {
        return new Waiting(call.arguments());
      }
    }
    return open.isEmpty() ? new AtWork(calls) : new Unknown(open);
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
