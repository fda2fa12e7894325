package mimo.agent.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mimo.agent.AgentLimits;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.tool.Need;
import mimo.agent.tool.Standing;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Runs a command line of bash in the workspace, waited for or in the background (A44).
public final class BashTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "bash",
          """
          Runs a command line of bash in the workspace, without a terminal and with nothing to \
          read, and returns its output. Whatever it leaves running is ended with it: servers and \
          watchers run with background: true, which returns a job id. Prefer read, glob, grep and \
          edit to cat, find and sed.\
          """,
          """
          {"type":"object","properties":{\
          "command":{"type":"string","description":"the command line"},\
          "timeout":{"type":"integer","minimum":1,"description":"seconds; default %d, at most %d"},\
          "workdir":{"type":"string","description":"folder of the workspace to run in"},\
          "background":{"type":"boolean","description":"do not wait; returns a job id"},\
          "network":{"type":"boolean","description":"ask for the network"},\
          "description":{"type":"string","description":"what it does, in a few words"},\
          "job":{"type":"string","description":"instead of a command: the id of a job"},\
          "action":{"type":"string","enum":["output","kill"],\
          "description":"what to do with the job; default output"}},\
          "required":[],"additionalProperties":false}\
          """
              .formatted(AgentLimits.COMMAND_SECONDS, AgentLimits.COMMAND_SECONDS_MOST),
          ToolSpec.Effect.CHANGES);

  private final PathGuard guard;
  private final Path bash;
  private final Opening opening;
  private volatile @Nullable Session opened;

  /// What the commands of one session share.
  ///
  /// @param access what they may do to the workspace
  /// @param sinks makes the sink for one command's output
  /// @param aftermath looks at what a command has left behind
  public record Session(
      Commands commands,
      Jobs jobs,
      Access access,
      Supplier<OutputSink> sinks,
      Aftermath aftermath) {}

  /// Puts right what no command may leave behind, and no wall keeps it from doing.
  @FunctionalInterface
  public interface Aftermath {

    /// @return what the model is told of it; empty if nothing was wrong
    String putRight() throws InterruptedException;
  }

  /// Lays out the session at the first call, and gives the same at each later one: most agents that
  /// could run a command never do.
  @FunctionalInterface
  public interface Opening {

    Session session() throws InterruptedException;
  }

  /// @param bash the shell, by its absolute path
  public BashTool(PathGuard guard, Path bash, Opening opening) {
    this.guard = guard;
    this.bash = bash;
    this.opening = opening;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return input.has("job")
        ? List.of(new Need.Use())
        : List.of(
            new Need.Command(
                input.path("command").asText(),
                input.path("network").asBoolean(false),
                folder(input)));
  }

  private String folder(ObjectNode input) {
    var folder = guard.relative(input.path("workdir").asText("."));
    return folder.equals(".") ? "" : folder;
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    if (input.has("job")) {
      return input.has("command")
          ? Result.error("give a command or a job, not both")
          : job(input.path("job").asText(), input.path("action").asText("output"));
    }
    var command = input.path("command").asText();
    var fault = fault(command);
    if (fault != null) {
      return Result.error(fault);
    }
    var workdir = input.path("workdir").asText(".");
    return switch (guard.locate(guard.relative(workdir))) {
      case Location.Refused(var message) -> Result.error("path_escape: " + message);
      case Location.Missing _ -> Result.error("the folder '" + workdir + "' does not exist");
      case Location.Inside inside when inside.kind() == Location.Kind.FILE ->
          Result.error("'" + workdir + "' is no folder to run in");
      case Location.Inside inside ->
          run(input, command, guard.root().resolve(inside.real()).normalize(), cancellation);
    };
  }

  private static @Nullable String fault(String command) {
    if (command.isBlank()) {
      return "there is no command";
    }
    if (command.length() > AgentLimits.COMMAND_CHARS) {
      return "the command has more than " + AgentLimits.COMMAND_CHARS + " characters";
    }
    return command.indexOf('\0') >= 0 ? "the command holds a NUL character" : null;
  }

  @Override
  public Optional<Standing> standing() {
    var open = opened;
    if (open == null || open.jobs().running().isEmpty()) {
      return Optional.empty();
    }
    var running = new ArrayList<String>();
    for (var job : open.jobs().running()) {
      running.add("- %s runs in the background: %s".formatted(job.id(), job.command()));
    }
    return Optional.of(new Standing(Standing.Kind.RUNNING, String.join("\n", running)));
  }

  private Result run(ObjectNode input, String command, Path workdir, CancellationToken cancellation)
      throws InterruptedException {
    var session = opening.session();
    opened = session;
    var order =
        new CommandOrder(
            List.of(bash.toString(), "--noprofile", "--norc", "-c", command),
            workdir,
            input.path("network").asBoolean(false) ? Network.OPEN : Network.NONE,
            session.access());
    var sink = session.sinks().get();
    if (input.path("background").asBoolean(false)) {
      return inBackground(session, command, order, sink);
    }
    int asked = input.path("timeout").asInt(AgentLimits.COMMAND_SECONDS);
    var time = Duration.ofSeconds(Math.min(asked, AgentLimits.COMMAND_SECONDS_MOST));
    var end = session.commands().run(order, sink, time, cancellation);
    return noted(session, told(session, sink.text(), end, order.network()));
  }

  private Result inBackground(Session session, String command, CommandOrder order, OutputSink sink)
      throws InterruptedException {
    try {
      return session
          .jobs()
          .start(command, order, sink)
          .map(job ->
              Result.ok(
                  "%s runs in the background; bash {\"job\":\"%s\"} shows its output, with"
                          .formatted(job.id(), job.id())
                      + " \"action\":\"kill\" it is ended"))
          .orElseGet(() ->
              Result.error(
                  "%d jobs run in the background, which is the most; kill one first"
                      .formatted(AgentLimits.BACKGROUND_JOBS)));
    } catch (IOException refused) {
      return told(
          session,
          "",
          new CommandEnd.NotStarted(String.valueOf(refused.getMessage())),
          order.network());
    }
  }

  private Result job(String id, String action) throws InterruptedException {
    var session = opening.session();
    var job = session.jobs().find(id).orElse(null);
    if (job == null) {
      return Result.error("there is no job '" + id + "'");
    }
    var end = job.running().end();
    if (end == null && action.equals("kill")) {
      end = job.running().stop(new CommandEnd.Stopped());
    }
    var text = job.running().output();
    var told =
        end == null
            ? Result.ok(closed(text, "(" + id + " is running)"))
            : told(session, text, end, Network.OPEN);
    return noted(session, told);
  }

  private static Result noted(Session session, Result result) throws InterruptedException {
    var note = session.aftermath().putRight();
    return note.isEmpty() ? result : Result.error(closed(result.text(), "(" + note + ")"));
  }

  private static Result told(Session session, String output, CommandEnd end, Network network) {
    return switch (end) {
      case CommandEnd.Exited(var code) when code == 0 ->
          Result.ok(output.isEmpty() ? "(no output, exit code 0)" : output);
      case CommandEnd.Exited(var code) ->
          Result.error(closed(output, "(" + exit(code) + ")" + hint(session, output, network)));
      case CommandEnd.TimedOut(var after) ->
          Result.error(
              closed(
                  output,
                  "(stopped after %d s, its time limit; at most timeout: %d, or background: true)"
                      .formatted(after.toSeconds(), AgentLimits.COMMAND_SECONDS_MOST)));
      case CommandEnd.Stopped() -> Result.ok(closed(output, "(stopped)"));
      case CommandEnd.NotStarted(var why) ->
          Result.error(
              closed(
                  output,
                  "command_not_started: "
                      + why
                      + ". The command did not run; `mimo doctor` tells more to the user."));
    };
  }

  private static String hint(Session session, String output, Network network) {
    var hint =
        session.commands().confinement().name().equals(Unconfined.NAME)
            ? ""
            : OutputHints.of(output, network);
    return hint.isEmpty() ? "" : "\n(" + hint + ")";
  }

  private static String exit(int code) {
    int signal = code - 128;
    return signal > 0 && signal < 65
        ? "exit code " + code + ", ended by signal " + signal
        : "exit code " + code;
  }

  private static String closed(String output, String words) {
    return output.isEmpty() || output.endsWith("\n") ? output + words : output + "\n" + words;
  }
}
