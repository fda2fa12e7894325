package mimo.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import mimo.agent.json.Json;
import mimo.agent.session.AgentSession;
import mimo.agent.session.AgentSession.Opening;
import mimo.agent.session.SessionFact.Ended;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.agent.snapshot.Worktrees;
import mimo.agent.snapshot.Worktrees.Outcome;
import mimo.agent.snapshot.Worktrees.Worktree;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;

/// Performs agent steps, each with `"isolation": "worktree"` in a worktree of its own (L74): kept
/// if the agent succeeds and has changed something, removed if it fails or has not. Thread-safe.
///
/// An agent that was cut off goes on in the same worktree, which its session names. If that is gone
/// it begins anew in one like it, since what it was told it did is not there. Only one that had
/// answered already need not: where it left nothing, nothing is missing.
public final class IsolatedActivity implements Activity {

  private static final String NO_REPORT = "{}";
  private static final String TELLS = "tellsWorktree";
  private static final String WORKTREE = "_worktree";

  private final Path folder;
  private final Supplier<Optional<Worktrees>> worktrees;
  private final Maker maker;
  private final AgentListener listener;
  private final Activity shared;

  /// Makes the activity for the agents of one folder.
  @FunctionalInterface
  public interface Maker {

    /// @param folder within the worktree
    Activity in(Path folder, WorktreeName worktree);
  }

  /// @param folder where other agents work; free of links
  /// @param worktrees those of the workspace that holds the folder; asked for once one is needed;
  ///   none where there is no git
  /// @param maker makes what performs the steps of one isolated agent
  /// @param listener is told what is kept
  /// @param shared performs all other steps
  public IsolatedActivity(
      Path folder,
      Supplier<Optional<Worktrees>> worktrees,
      Maker maker,
      AgentListener listener,
      Activity shared) {
    this.folder = folder;
    this.worktrees = worktrees;
    this.maker = maker;
    this.listener = listener;
    this.shared = shared;
  }

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    if (!isIsolated(request)) {
      return shared.perform(request, context);
    }
    return switch (AgentSession.open(context.session())) {
      // Nothing is to be done any more, in any folder.
      case Opening.Lost _, Opening.Over _ -> shared.perform(request, context);
      case Opening.Open(var session) -> isolated(request, context, session);
    };
  }

  /// A script that was told of a worktree counts on it.
  @Override
  public Optional<String> missing(ActivityRequest request, String value) {
    if (!request.input().contains(TELLS)) {
      return Optional.empty();
    }
    var told = Json.parse(value).path(WORKTREE);
    var directory = told.path("directory").asText();
    return directory.isEmpty() || Worktrees.isThere(Path.of(directory))
        ? Optional.empty()
        : Optional.of(
            "the worktree %s of the branch %s".formatted(directory, told.path("branch").asText()));
  }

  private static boolean isIsolated(ActivityRequest request) {
    return Json.parse(request.input()).path("isolation").asText().equals("worktree");
  }

  private ActivityResult isolated(
      ActivityRequest request, ActivityContext context, AgentSession session)
      throws InterruptedException {
    try {
      var all = worktrees.get();
      if (all.isEmpty() || !all.get().canOpen()) {
        return failed(
            "bad_argument",
            "agent: isolation \"worktree\" needs git, and a repository with a commit");
      }
      var worktree = taken(all.get(), context, session);
      try {
        return performed(worktree, request, context);
      } finally {
        worktree.leave();
      }
    } catch (NoSuchFileException missing) {
      return failed(
          "bad_argument",
          "agent: isolation \"worktree\": the last commit has no folder '"
              + missing.getMessage()
              + "'");
    } catch (IOException broken) {
      tell(context, "worktree_unusable", String.valueOf(broken.getMessage()));
      return failed("failed", "the agent's worktree cannot be used");
    }
  }

  private static Worktree taken(Worktrees worktrees, ActivityContext context, AgentSession session)
      throws IOException, InterruptedException {
    var began = session.began();
    var known = began == null ? null : began.worktree();
    if (known == null) {
      return worktrees.openLike(context.run() + "-" + context.seq());
    }
    var left = worktrees.reopen(known);
    if (left.isPresent()) {
      return left.get();
    }
    var anew = worktrees.openAnew(known);
    if (!(session.recorded().getLast() instanceof Ended)) {
      session.again("its worktree is gone");
    }
    return anew;
  }

  private ActivityResult performed(
      Worktree worktree, ActivityRequest request, ActivityContext context)
      throws IOException, InterruptedException {
    ActivityResult result;
    try {
      result = maker.in(worktree.folder(folder), worktree.known()).perform(request, context);
    } catch (NoSuchFileException missing) {
      worktree.failed();
      throw missing;
    }
    return switch (result) {
      case ActivityResult.Completed completed -> completed(worktree, completed, request, context);
      case ActivityResult.Failed failed -> {
        // A run that is being paused goes on with its agents, and so with what they have.
        if (!context.pausing().isCancelled()) {
          worktree.failed();
        }
        yield failed;
      }
      case ActivityResult.Suspended _, ActivityResult.Cancelled _ -> result;
    };
  }

  private ActivityResult completed(
      Worktree worktree,
      ActivityResult.Completed completed,
      ActivityRequest request,
      ActivityContext context)
      throws IOException, InterruptedException {
    return switch (worktree.succeeded()) {
      case Outcome.Removed _ -> completed;
      case Outcome.Kept kept -> {
        tell(
            context,
            "worktree_kept",
            "What the agent changed is on the branch %s, in %s."
                .formatted(kept.branch(), kept.directory()));
        var report = (ObjectNode) Json.parse(completed.report());
        report.set("worktree", json(kept));
        boolean told = Json.parse(request.input()).path(TELLS).asBoolean();
        var value = told ? telling(completed.value(), kept) : completed.value();
        yield new ActivityResult.Completed(value, Json.write(report), completed.memo());
      }
    };
  }

  /// What scripts of the dialect `mimocode` read (L27).
  private static String telling(String value, Outcome.Kept kept) {
    var answer = Json.parse(value);
    if (answer instanceof ObjectNode object) {
      object.set(WORKTREE, json(kept));
      return Json.write(object);
    }
    var told = Json.object();
    told.set(WORKTREE, json(kept));
    told.set("result", answer);
    return Json.write(told);
  }

  private static ObjectNode json(Outcome.Kept kept) {
    var json =
        Json.object().put("branch", kept.branch()).put("directory", kept.directory().toString());
    var changed = json.putArray("changed");
    kept.changed().stream().limit(AgentLimits.WORKTREE_CHANGES).forEach(changed::add);
    return json;
  }

  private void tell(ActivityContext context, String code, String text) {
    listener.heard(context.run(), context.seq(), new AgentEvent.Notice(code, text));
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, NO_REPORT);
  }
}
