package mimo.agent.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import mimo.agent.json.Json;
import mimo.engine.Activity;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;

/// Performs steps in the folder of the workspace that they name, or else in all of it, each with an
/// activity made for that folder alone (L44, L58, L78). Thread-safe.
public final class NarrowedActivity implements Activity {

  private final String key;
  private final PathGuard workspace;
  private final Function<PathGuard, Activity> maker;
  private final Activity whole;
  private final Map<Path, Activity> narrowed = new ConcurrentHashMap<>();

  /// Narrowed to the folder that the script has for its own.
  ///
  /// @param maker makes the activity for the folder below the guard
  public NarrowedActivity(PathGuard workspace, Function<PathGuard, Activity> maker) {
    this("workspace", workspace, maker);
  }

  private NarrowedActivity(String key, PathGuard workspace, Function<PathGuard, Activity> maker) {
    this.key = key;
    this.workspace = workspace;
    this.maker = maker;
    this.whole = maker.apply(workspace);
  }

  /// Narrowed to the folder that the script has for its own, and in it to the one that a call names
  /// for its agent.
  public static NarrowedActivity toFolders(
      PathGuard workspace, Function<PathGuard, Activity> maker) {
    return new NarrowedActivity(workspace, own -> new NarrowedActivity("cwd", own, maker));
  }

  @Override
  public ActivityResult perform(ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    var folder = Json.parse(request.input()).path(key);
    if (!folder.isTextual()) {
      return whole.perform(request, context);
    }
    return switch (workspace.locate(folder.textValue())) {
      case Location.Refused(var message) -> failed(Location.Refused.CODE, message);
      case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
          perform(inside, request, context);
      case Location.Inside _, Location.Missing _ ->
          failed("bad_argument", "the " + key + " '" + folder.textValue() + "' is no folder");
    };
  }

  /// Says the same for each folder.
  @Override
  public Optional<String> missing(ActivityRequest request, String value) {
    return whole.missing(request, value);
  }

  private ActivityResult perform(
      Location.Inside folder, ActivityRequest request, ActivityContext context)
      throws InterruptedException {
    PathGuard guard;
    try {
      guard = workspace.narrowed(folder);
    } catch (IOException gone) {
      return failed("bad_argument", "the " + key + " '" + folder.asked() + "' cannot be read");
    }
    // A link may have taken the folder's place since it was found.
    if (!guard.root().startsWith(workspace.root())) {
      return failed(Location.Refused.CODE, "'" + folder.asked() + "' leads out of the workspace");
    }
    return narrowed
        .computeIfAbsent(guard.root(), _ -> maker.apply(guard))
        .perform(request, context);
  }

  private static ActivityResult failed(String code, String message) {
    return new ActivityResult.Failed(code, message, "{}");
  }
}
