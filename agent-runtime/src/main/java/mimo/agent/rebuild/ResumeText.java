package mimo.agent.rebuild;

import java.util.List;
import java.util.stream.Collectors;
import mimo.agent.message.Content;

/// What a model is to do where a conversation was cut (K21). It depends on how the work stood, and
/// on nothing else: what is finished is never told to be done.
public final class ResumeText {

  private static final int ARGUMENT_CHARS = 160;

  private ResumeText() {}

  public static String of(Moment moment) {
    return switch (moment) {
      case Moment.Requested(var unknown) ->
          (unknown.isEmpty() ? "" : unknown(unknown) + "\n")
              + "The user's last message is not answered yet. Work on it; what the checkpoint says"
              + " is done is not done again.";
      case Moment.AtWork(var finished, var notRun) ->
          "The request is open"
              + (finished.isEmpty()
                  ? ""
                  : ", and your last call has finished: "
                      + named(finished)
                      + ". Its result is known, below or in the history. Do not make it again")
              + (notRun.isEmpty() ? "" : ". Not run, and free to be made: " + named(notRun))
              + ". Continue with the checkpoint's next action.";
      case Moment.Unknown(var calls) -> unknown(calls);
      case Moment.Over() ->
          "The last turn is finished and its work is complete. Do not do it again. Wait for what"
              + " the user says next, and do that.";
      case Moment.GoalMissed(var reason) ->
          "The turn is finished, and its goal is not reached. The last verdict: "
              + reason
              + "\nContinue with the checkpoint's next action; what is done stays done.";
      case Moment.Waiting(var question) ->
          "You wait for the user, who was asked:\n"
              + question
              + "\nDo nothing before there is an answer; ask it again unchanged if it has to be"
              + " asked.";
    };
  }

  private static String unknown(List<Content.ToolCall> calls) {
    return "Outcome unknown: "
        + named(calls)
        + " was begun, and the program was stopped before there was a result. Inspect what it"
        + " did before you repeat it.";
  }

  private static String named(List<Content.ToolCall> calls) {
    return calls.stream()
        .map(call ->
            "%s %s (call %s)"
                .formatted(call.tool(), Cut.head(call.arguments(), ARGUMENT_CHARS), call.id()))
        .collect(Collectors.joining(", "));
  }
}
