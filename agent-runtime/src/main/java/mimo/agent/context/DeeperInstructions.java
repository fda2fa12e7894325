package mimo.agent.context;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The instructions of folders below the working folder, told to one session when it first reads a
/// file there (A36). Thread-safe.
public final class DeeperInstructions {

  private final Function<String, @Nullable Way> ways;
  private final InstructionReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private int told;
  private int noticed;

  /// How to get to a file.
  ///
  /// @param from the working folder
  /// @param file the file, free of links
  record Way(InstructionReader.Source repository, Path from, Path file) {}

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
      var notices = notices();
      return text.isEmpty() && notices.isEmpty()
          ? ""
          : "\n\nInstructions for the files of this folder:\n" + text + notices;
    } finally {
      lock.unlock();
    }
  }

  /// What was cut or left out since the last time.
  private String notices() {
    var all = reader.notices();
    var fresh = all.subList(noticed, all.size());
    noticed = all.size();
    return fresh.stream().map(notice -> "\n(" + notice + ")\n").collect(Collectors.joining());
  }

  private void read(Way way) {
    var start = way.from().toString().isEmpty() ? 0 : way.from().getNameCount();
    if (!way.file().startsWith(way.from()) && start > 0) {
      return;
    }
    for (int depth = start + 1; depth < way.file().getNameCount(); depth++) {
      reader.folder(way.repository(), way.file().subpath(0, depth));
    }
  }
}
