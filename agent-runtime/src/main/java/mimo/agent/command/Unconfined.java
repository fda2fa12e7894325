package mimo.agent.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// No walls: a command may do what the user may. Only the user's own word makes it so (A61).
///
/// @param setsid the program that gives a command a session of its own; null where there is none
/// @param setpriv the program that has a command killed once mimo is gone, however it went; null if
///   the command may outlive it
public record Unconfined(@Nullable Path setsid, @Nullable Path setpriv) implements Confinement {

  static final String NAME = "none";

  /// Commands that may outlive mimo if it is killed.
  public Unconfined(@Nullable Path setsid) {
    this(setsid, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Prepared prepare(CommandOrder order) {
    var argv = new ArrayList<String>();
    if (setpriv != null) {
      argv.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL"));
    }
    if (setsid != null) {
      argv.add(setsid.toString());
    }
    argv.addAll(order.argv());
    return new Plain(argv);
  }

  private record Plain(List<String> argv) implements Prepared {

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public Bond bond() {
      return Bond.GROUP;
    }

    @Override
    public @Nullable Path report() {
      return null;
    }

    @Override
    public String settle() {
      return "";
    }

    @Override
    public void close() {
      // Nothing was made.
    }
  }
}
