package mimo.agent.memory;

import java.nio.file.Path;
import java.util.Arrays;
import mimo.agent.memory.Memory.Said;

/// A process that adds entries to a memory, for tests of what several of them do to each other.
final class WriterProcess {

  private WriterProcess() {}

  /// Adds entries, and prints in milliseconds how long it waited for the lock and how long an edit
  /// took, waits and all: of both half of them, and 99 of a hundred.
  ///
  /// @param arguments the folder, the words of each entry, and how many; 0 for as many as it can
  public static void main(String[] arguments) throws Exception {
    var memory = MemoryFolder.in(Path.of(arguments[0]));
    // The first write loads what all of them need.
    var _ = memory.append(memory.layout().notes("warm"), "", "up", Source.AGENT, Said.NOWHERE);
    int count = Integer.parseInt(arguments[2]);
    var waits = new long[Math.max(1, count)];
    var edits = new long[Math.max(1, count)];
    var lock = MemoryLock.of(memory.layout().lock());
    for (int i = 0; count == 0 || i < count; i++) {
      long start = System.nanoTime();
      if (count > 0) {
        waits[i] = lock.holding(System::nanoTime) - start;
        start = System.nanoTime();
      }
      var text = arguments[1] + " " + i;
      var _ = memory.append(memory.layout().ofProject(), "", text, Source.AGENT, Said.NOWHERE);
      if (count > 0) {
        edits[i] = System.nanoTime() - start;
      } else {
        System.out.println(i);
      }
    }
    System.out.println(spread(waits) + " " + spread(edits));
  }

  private static String spread(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1_000_000 + " " + nanos[nanos.length * 99 / 100] / 1_000_000;
  }
}
