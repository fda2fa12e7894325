package mimo.agent.goal;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.GoalLimits;
import mimo.agent.command.CommandEnd;
import mimo.agent.command.HeadAndTail;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.output.LinearPattern;
import mimo.agent.permission.Approver.Answer;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Question;
import mimo.agent.session.GoalFact.By;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Result;
import mimo.agent.session.GoalWords;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.engine.CancellationToken;

/// Runs the checks of a goal in one folder (G2). What does not run, or not to its end, has not
/// passed. Thread-safe.
final class Checks {

  private final PathGuard guard;
  private final Authority authority;
  private final CheckShells shells;
  private final Path workspace;

  /// @param guard over the folder they look at
  Checks(PathGuard guard, Authority authority, CheckShells shells) {
    this(guard, authority, shells, guard.root());
  }

  private Checks(PathGuard guard, Authority authority, CheckShells shells, Path workspace) {
    this.guard = guard;
    this.authority = authority;
    this.shells = shells;
    this.workspace = workspace;
  }

  /// The same in a copy of the workspace.
  Checks in(PathGuard copy) {
    return new Checks(copy, authority, shells, workspace);
  }

  /// Runs them one after the other.
  ///
  /// @throws InterruptedException if cancelled
  List<Result> run(List<Check> checks, By by, CancellationToken cancellation)
      throws InterruptedException {
    var results = new ArrayList<Result>();
    boolean shell = checks.stream().anyMatch(Check.Command.class::isInstance);
    if (!shell) {
      checks.forEach(check -> results.add(ofFile(check)));
      return results;
    }
    try (var opened = shells.open(guard.root())) {
      for (var check : checks) {
        results.add(
            check instanceof Check.Command command
                ? run(command, by, opened, cancellation)
                : ofFile(check));
      }
    }
    return results;
  }

  private Result run(
      Check.Command check, By by, CheckShells.Shell shell, CancellationToken cancellation)
      throws InterruptedException {
    var name = GoalWords.name(check);
    var refused = refusal(check, by, cancellation);
    if (refused.isPresent()) {
      return new Result(name, false, refused.get());
    }
    var sink = new HeadAndTail();
    var line = CheckScripts.moved(check.line(), workspace, guard.root());
    var end = shell.run(line, sink, Duration.ofSeconds(GoalLimits.CHECK_SECONDS), cancellation);
    var output = ends(sink.text());
    return switch (end) {
      case CommandEnd.Exited(var code) ->
          new Result(name, code == check.exit(), output + "(exit code " + code + ")");
      case CommandEnd.TimedOut(var after) ->
          new Result(name, false, output + "(stopped after " + after.toSeconds() + " s)");
      case CommandEnd.Stopped() -> throw new InterruptedException("the check was stopped");
      case CommandEnd.NotStarted(var why) -> new Result(name, false, "did not run: " + why);
    };
  }

  /// By the rules of agents' commands. What the user has written on the command line is as good as
  /// allowed; what a rule denies, nobody runs.
  private Optional<String> refusal(Check.Command check, By by, CancellationToken cancellation)
      throws InterruptedException {
    var call = new Call("bash", Effect.CHANGES, List.of(new Need.Command(check.line(), false, "")));
    var ruling = authority.permissions().rule(call);
    if (ruling.decision() == Decision.ALLOW
        || (ruling.decision() == Decision.ASK && by == By.USER)) {
      return Optional.empty();
    }
    if (ruling.decision() == Decision.ASK) {
      var question = new Question(call, ruling, Optional.empty());
      var answer = authority.approver().ask(question, cancellation);
      if (answer instanceof Answer.Once || answer instanceof Answer.Always) {
        return Optional.empty();
      }
    }
    return Optional.of("not run: it is not permitted, by " + ruling.reason());
  }

  private static String ends(String output) {
    int half = GoalLimits.CHECK_OUTPUT_CHARS / 2;
    var text =
        output.length() <= GoalLimits.CHECK_OUTPUT_CHARS
            ? output
            : output.substring(0, half)
                + "\n… "
                + (output.length() - 2 * half)
                + " characters left out …\n"
                + output.substring(output.length() - half);
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private Result ofFile(Check check) {
    var name = GoalWords.name(check);
    try {
      return switch (check) {
        case Check.Exists(var path) -> there(name, path, true);
        case Check.Absent(var path) -> there(name, path, false);
        case Check.Matches(var path, var pattern) -> matches(name, path, pattern);
        case Check.Hash(var path, var sha256) -> {
          var found = new GuardedFiles(guard).read(path).map(GuardedFiles.Read::sha256);
          yield new Result(
              name,
              found.filter(sha256::equals).isPresent(),
              found.map(hash -> path + " has the SHA-256 " + hash).orElse(path + " is no file"));
        }
        case Check.Command _ -> throw new IllegalArgumentException("a command looks at no file");
      };
    } catch (IOException unreadable) {
      return new Result(name, false, "cannot be read: " + unreadable.getMessage());
    }
  }

  private Result there(String name, String path, boolean wanted) {
    return switch (guard.locate(path)) {
      case Location.Inside _ -> new Result(name, wanted, path + " is there");
      case Location.Missing _ -> new Result(name, !wanted, path + " is not there");
      case Location.Refused(var message) -> new Result(name, false, message);
    };
  }

  private Result matches(String name, String path, String pattern) throws IOException {
    if (!(guard.locate(path) instanceof Location.Inside inside)
        || inside.kind() != Location.Kind.FILE) {
      return new Result(name, false, path + " is no file");
    }
    try (var in = Channels.newInputStream(guard.open(inside))) {
      var bytes = in.readNBytes(GoalLimits.CHECKED_FILE_BYTES + 1);
      if (bytes.length > GoalLimits.CHECKED_FILE_BYTES) {
        return new Result(
            name, false, path + " has more than " + GoalLimits.CHECKED_FILE_BYTES + " bytes");
      }
      boolean found =
          LinearPattern.compile(pattern).matches(new String(bytes, StandardCharsets.UTF_8));
      return new Result(
          name, found, path + (found ? " holds a match of " : " holds no match of ") + pattern);
    }
  }
}
