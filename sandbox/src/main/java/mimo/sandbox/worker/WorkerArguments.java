package mimo.sandbox.worker;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.LongStream;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.protocol.FrameCaps;

/// The limits a worker must know itself, as its command line carries them.
public final class WorkerArguments {

  private static final int COUNT = 11;

  private WorkerArguments() {}

  public static String[] of(SandboxLimits limits) {
    var values = limits.values();
    var pipe = limits.pipe();
    return LongStream.of(
            values.sourceBytes(),
            values.valueBytes(),
            values.valueDepth(),
            values.stackBytes(),
            values.tagBytes(),
            values.pathChars(),
            values.segmentChars(),
            values.importedFiles(),
            pipe.frameSlackBytes(),
            pipe.totalBytes(),
            limits.memory().eraserStackBytes())
        .mapToObj(Long::toString)
        .toArray(String[]::new);
  }

  static SandboxLimits parse(String[] arguments) {
    if (arguments.length != COUNT) {
      throw new IllegalArgumentException(
          "a worker takes %d limits, not %d; it is started by its parent"
              .formatted(COUNT, arguments.length));
    }
    var numbers = Arrays.stream(arguments).map(Long::valueOf).iterator();
    var values =
        new SandboxLimits.Values(
            small(numbers),
            small(numbers),
            small(numbers),
            small(numbers),
            small(numbers),
            small(numbers),
            small(numbers),
            small(numbers));
    int slack = small(numbers);
    long total = numbers.next();
    int eraserStack = small(numbers);
    return SandboxLimits.defaults()
        .withValues(_ -> values)
        .withMemory(memory -> memory.withEraserStack(eraserStack))
        .withPipe(pipe -> pipe.withFrames(slack, total));
  }

  private static int small(Iterator<Long> numbers) {
    return Math.toIntExact(numbers.next());
  }

  /// The caps of either direction.
  public static FrameCaps caps(SandboxLimits limits) {
    return new FrameCaps(
        limits.frameBytes(), limits.pipe().totalBytes(), limits.values().valueDepth());
  }
}
