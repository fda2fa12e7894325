package mimo.cli;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import mimo.engine.Engine;
import mimo.engine.RunState;
import mimo.engine.RunSummary;
import org.jspecify.annotations.Nullable;

/// Tells names that begin with the id of a run which can still go on. The store is asked once there
/// is a name to tell. Confined to one thread.
final class Unfinished implements Predicate<String> {

  private final Engine engine;
  private @Nullable Set<String> runs;

  Unfinished(Engine engine) {
    this.engine = engine;
  }

  @Override
  public boolean test(String name) {
    var known = runs;
    if (known == null) {
      known =
          engine.list().stream()
              .filter(Unfinished::canGoOn)
              .map(run -> run.id().value())
              .collect(Collectors.toSet());
      runs = known;
    }
    return known.contains(name.replaceFirst("-.*", ""));
  }

  private static boolean canGoOn(RunSummary run) {
    return switch (run.state()) {
      case RunState.Running _,
          RunState.Interrupted _,
          RunState.Parked _,
          RunState.Paused _,
          RunState.Damaged _ ->
          true;
      case RunState.Completed _, RunState.Failed _, RunState.Cancelled _ -> false;
    };
  }
}
