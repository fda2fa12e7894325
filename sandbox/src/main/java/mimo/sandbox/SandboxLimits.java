package mimo.sandbox;

import java.time.Duration;
import java.util.function.UnaryOperator;

/// Every limit a sandbox keeps, by what it limits. A project may lower them; only the user may
/// raise them.
///
/// @param values what crosses the boundary
/// @param times how long a worker may work and be waited for
/// @param memory what a worker may hold
/// @param pipe what goes through the streams between a worker and its parent
public record SandboxLimits(Values values, Times times, Memory memory, Pipe pipe) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /// What crosses the boundary.
  ///
  /// @param sourceBytes the longest script file, in bytes of UTF-8
  /// @param valueBytes the longest value that crosses the boundary, as encoded JSON
  /// @param valueDepth the deepest nesting of a value that crosses the boundary
  /// @param stackBytes the longest error stack a script or its author sees
  /// @param tagBytes all tags of one part of a program, as encoded JSON
  /// @param pathChars the path of a call; each character may take six bytes of a frame's slack
  /// @param segmentChars one segment of a path; what is longer is abbreviated
  /// @param importedFiles how many files a script may import, directly or not
  public record Values(
      int sourceBytes,
      int valueBytes,
      int valueDepth,
      int stackBytes,
      int tagBytes,
      int pathChars,
      int segmentChars,
      int importedFiles) {

    public Values withValue(int bytes, int depth) {
      return new Values(
          sourceBytes, bytes, depth, stackBytes, tagBytes, pathChars, segmentChars, importedFiles);
    }
  }

  /// How long a worker may work and be waited for.
  ///
  /// @param entryCpu worker CPU from the delivery of a frame until the worker is idle
  /// @param entryWall wall time of the same stretch, while somebody waits for it
  /// @param totalCpu worker CPU of the whole run tree
  /// @param startWall how long a worker may take until it is ready
  /// @param stopWall how long to wait for killed processes to be gone
  /// @param erasureCpu worker CPU for taking the types out of one file, the eraser's loading
  ///   included; none of it counts for the script
  /// @param erasureWall wall time of the same
  public record Times(
      Duration entryCpu,
      Duration entryWall,
      Duration totalCpu,
      Duration startWall,
      Duration stopWall,
      Duration erasureCpu,
      Duration erasureWall) {

    public Times withEntry(Duration cpu, Duration wall) {
      return new Times(cpu, wall, totalCpu, startWall, stopWall, erasureCpu, erasureWall);
    }

    public Times withTotal(Duration cpu) {
      return new Times(entryCpu, entryWall, cpu, startWall, stopWall, erasureCpu, erasureWall);
    }

    public Times withStart(Duration wall) {
      return new Times(entryCpu, entryWall, totalCpu, wall, stopWall, erasureCpu, erasureWall);
    }

    public Times withErasure(Duration cpu, Duration wall) {
      return new Times(entryCpu, entryWall, totalCpu, startWall, stopWall, cpu, wall);
    }
  }

  /// What a worker may hold.
  ///
  /// @param heapBytes the worker's Java heap
  /// @param residentBytes the worker's resident memory
  /// @param eraserStackBytes the stack of the thread that takes out types
  public record Memory(long heapBytes, long residentBytes, int eraserStackBytes) {

    public Memory withHeap(long bytes) {
      return new Memory(bytes, residentBytes, eraserStackBytes);
    }

    public Memory withResident(long bytes) {
      return new Memory(heapBytes, bytes, eraserStackBytes);
    }

    public Memory withEraserStack(int bytes) {
      return new Memory(heapBytes, residentBytes, bytes);
    }
  }

  /// What goes through the streams between a worker and its parent.
  ///
  /// @param frameSlackBytes how much longer than a value a frame may be
  /// @param totalBytes what one run tree may send in each direction
  /// @param logBytes how much of the worker's error stream is kept
  /// @param queuedFrames frames read ahead of the caller
  /// @param queuedBytes bytes read ahead of the caller
  public record Pipe(
      int frameSlackBytes, long totalBytes, int logBytes, int queuedFrames, int queuedBytes) {

    public Pipe withFrames(int slackBytes, long total) {
      return new Pipe(slackBytes, total, logBytes, queuedFrames, queuedBytes);
    }

    public Pipe withTotal(long bytes) {
      return withFrames(frameSlackBytes, bytes);
    }
  }

  public static SandboxLimits defaults() {
    return new SandboxLimits(
        new Values(512 * KIB, 4 * MIB, 64, 4 * KIB, 16 * KIB, 4 * KIB, 256, 256),
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(180)),
        new Memory(256L * MIB, 512L * MIB, 16 * MIB),
        new Pipe(64 * KIB, 1024L * MIB, 64 * KIB, 1024, 8 * MIB));
  }

  /// The longest frame in either direction.
  public int frameBytes() {
    return values.valueBytes() + pipe.frameSlackBytes();
  }

  public SandboxLimits withValues(UnaryOperator<Values> change) {
    return new SandboxLimits(change.apply(values), times, memory, pipe);
  }

  public SandboxLimits withTimes(UnaryOperator<Times> change) {
    return new SandboxLimits(values, change.apply(times), memory, pipe);
  }

  public SandboxLimits withMemory(UnaryOperator<Memory> change) {
    return new SandboxLimits(values, times, change.apply(memory), pipe);
  }

  public SandboxLimits withPipe(UnaryOperator<Pipe> change) {
    return new SandboxLimits(values, times, memory, change.apply(pipe));
  }
}
