package mimo.agent.goal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.session.SessionFact.Asked;
import mimo.engine.CancellationToken;
import mimo.engine.journal.sqlite.SqliteJournal;

/// An agent that says it is done after a quarter of the work, and does the next quarter each time
/// it is sent back; and a process in which it works, for tests that kill it.
final class HastyAgent {

  /// How often it stops too early.
  static final int EARLY = 3;

  /// What it is asked.
  static final String WORK = "make all of them pass";

  /// The steps of the gate in which the process can be stopped.
  static final List<String> STEPS = List.of("begins", "checks", "judges", "has ruled");

  private HastyAgent() {}

  private static ModelReply reply(ModelRequest request) {
    var messages = request.messages();
    if (messages.getLast() instanceof Message.Tools) {
      return GoalKillTest.says("all pass");
    }
    long sent =
        messages.stream()
            .filter(message -> message.toString().contains("The goal is not met yet."))
            .count();
    var passed = 12 / (EARLY + 1) * (sent + 1);
    var call =
        new Content.ToolCall(
            "call" + messages.size(),
            "bash",
            Json.write(Json.object().put("command", "count " + passed)));
    return new ModelReply.Completed(List.of(call), Finish.TOOL_CALLS, GoalKillTest.USAGE);
  }

  /// A stage for it.
  ///
  /// @param steps hears of each step of the gate as it comes, before anything follows from it
  static GoalStage stage(Path folder, Consumer<String> steps) throws IOException {
    var stage = new GoalStage(folder);
    stage.thinker = new GoalKillTest.Model(HastyAgent::reply);
    stage.ruler =
        new GoalKillTest.Model(request -> {
          steps.accept("judges");
          return GoalKillTest.judge(request);
        });
    stage.checking = () -> steps.accept("checks");
    stage.file("out.txt", "green");
    return stage;
  }

  /// Hears of the steps that are told as events.
  static Consumer<AgentEvent> events(Consumer<String> steps) {
    return event -> {
      if (event instanceof AgentEvent.GoalStart) {
        steps.accept("begins");
      } else if (event instanceof AgentEvent.GoalEnd) {
        steps.accept("has ruled");
      }
    };
  }

  /// Prints the session's id, and, once it is in the step, that it is there; then it waits.
  ///
  /// @param arguments the folder, the step, and which time it comes, from 1
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    int[] left = {Integer.parseInt(arguments[2])};
    Consumer<String> steps =
        step -> {
          if (step.equals(arguments[1]) && --left[0] == 0) {
            System.out.println("there");
            while (true) {
              LockSupport.park();
            }
          }
        };
    var stage = stage(folder, steps);
    try (var sessions = stage.sessions(() -> new SqliteJournal(folder.resolve("store")));
        var session = sessions.create("{}")) {
      System.out.println(session.id());
      var conversation = stage.conversation(session);
      GoalStage.pursue(conversation, GoalKillTest.CHECKED);
      var _ = conversation.turn(new Asked(WORK), CancellationToken.never(), events(steps));
    }
  }
}
