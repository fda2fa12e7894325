package mimo.agent.context;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import mimo.agent.file.PathGuard;
import org.jspecify.annotations.Nullable;

/// The instructions of folders below the working folder, told to one session when it first reads a
/// file there (A36). Thread-safe.
public final class DeeperInstructions {

  private final Function<String, @Nullable Way> ways;
  private final InstructionReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private int told;

  /// How to get to a file.
  ///
  /// @param from the working folder
  /// @param file the file, free of links
  record Way(PathGuard repository, Path from, Path file) {}

  DeeperInstructions(Function<String, @Nullable Way> ways, InstructionReader reader) {
    this.ways = ways;
    this.reader = reader;
  }

  /// What comes with the file at `path`, relative to the working folder: the instructions of the
  /// folders it lies in, if they have not been told; empty if there are none.
  public String forRead(String path) {
    var way = ways.apply(path);
    if (way == null) {
      return "";
    }
    lock.lock();
    try {
      read(way);
      var fresh = reader.pieces();
      var text = InstructionReader.shown(fresh.subList(told, fresh.size()));
      told = fresh.size();
      return text.isEmpty() ? "" : "\n\nInstructions for the files of this folder:\n" + text;
    } finally {
      lock.unlock();
    }
  }

  private void read(Way way) {
    var source = new InstructionReader.Source(way.repository(), "");
    var start = way.from().toString().isEmpty() ? 0 : way.from().getNameCount();
    if (!way.file().startsWith(way.from()) && start > 0) {
      return;
    }
    for (int depth = start + 1; depth < way.file().getNameCount(); depth++) {
      reader.folder(source, way.file().subpath(0, depth));
    }
  }
}
