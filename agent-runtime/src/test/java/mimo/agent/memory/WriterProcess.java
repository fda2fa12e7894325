package mimo.agent.memory;

import java.nio.file.Path;
import java.util.Arrays;
import mimo.agent.memory.Memory.Said;

/// A process that adds entries to a memory, for tests of what several of them do to each other.
final class WriterProcess {

  private WriterProcess() {}

  /// Adds entries, and prints how long they took in milliseconds, waits and all: half of them, and
  /// 99 of a hundred.
  ///
  /// @param arguments the folder, the words of each entry, and how many; 0 for as many as it can
  public static void main(String[] arguments) throws Exception {
    var memory = MemoryFolder.in(Path.of(arguments[0]));
    // The first write loads what all of them need.
    var _ = memory.append(memory.layout().notes("warm"), "", "up", Source.AGENT, Said.NOWHERE);
    int count = Integer.parseInt(arguments[2]);
    var nanos = new long[Math.max(1, count)];
    for (int i = 0; count == 0 || i < count; i++) {
      long start = System.nanoTime();
      var text = arguments[1] + " " + i;
      var _ = memory.append(memory.layout().ofProject(), "", text, Source.AGENT, Said.NOWHERE);
      if (count > 0) {
        nanos[i] = System.nanoTime() - start;
      } else {
        System.out.println(i);
      }
    }
    Arrays.sort(nanos);
    System.out.println(nanos[count / 2] / 1_000_000 + " " + nanos[count * 99 / 100] / 1_000_000);
  }
}
