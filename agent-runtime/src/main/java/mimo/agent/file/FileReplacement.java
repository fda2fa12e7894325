package mimo.agent.file;

import java.io.IOException;
import java.nio.file.Path;
import mimo.agent.AgentLimits;

/// The one way in which files of the workspace change: held alone, and replaced as a whole (A46,
/// A47, S26). Thread-safe.
public final class FileReplacement {

  private final PathGuard guard;
  private final FileLocks locks;

  public FileReplacement(PathGuard guard, FileLocks locks) {
    this.guard = guard;
    this.locks = locks;
  }

  /// Takes hold of the file at `path`, which need not exist. A link is followed to what it leads
  /// to, as long as that lies inside.
  ///
  /// @throws InterruptedException if interrupted while another holds it
  public Holding hold(String path) throws IOException, InterruptedException {
    return switch (place(path)) {
      case Place.Closed(var refused) -> refused;
      case Place.Open open -> hold(path, open);
    };
  }

  private Holding hold(String path, Place.Open place) throws IOException, InterruptedException {
    var hold = locks.hold(guard.root().resolve(place.real()));
    if (hold.isEmpty()) {
      return new Holding.Refused(
          "file_busy",
          "another mimo has been changing '%s' for %d s; try again"
              .formatted(path, AgentLimits.FILE_LOCK_MILLIS / 1_000));
    }
    // Who had it before may have made it, or put a link in its way.
    if (place(path) instanceof Place.Open now && now.real().equals(place.real())) {
      var folders = new NewFolders(guard, locks);
      return new Holding.Held(new HeldFile(guard, now.found(), now.real(), hold.get(), folders));
    }
    hold.get().close();
    return refused("'" + path + "' changed its place while it was opened");
  }

  private sealed interface Place {

    /// @param real relative to the workspace, free of links
    record Open(Location found, Path real) implements Place {}

    record Closed(Holding.Refused refused) implements Place {}
  }

  private Place place(String path) throws IOException {
    return switch (guard.locate(path)) {
      case Location.Refused(var message) -> new Place.Closed(refused(message));
      case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
          new Place.Closed(new Holding.Refused("bad_argument", "'" + path + "' is a folder"));
      case Location.Inside inside -> new Place.Open(inside, inside.real());
      case Location.Missing missing -> {
        try {
          yield new Place.Open(missing, guard.vacancy(missing));
        } catch (PathRefusedException closed) {
          yield new Place.Closed(refused(String.valueOf(closed.getMessage())));
        }
      }
    };
  }

  private static Holding.Refused refused(String message) {
    return new Holding.Refused(Location.Refused.CODE, message);
  }
}
