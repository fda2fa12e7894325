package mimo.sandbox;

import java.time.Duration;

/// Every limit a sandbox keeps. A project may lower them; only the user may raise them.
///
/// @param sourceBytes the longest script file, in bytes of UTF-8
/// @param valueBytes the longest value that crosses the boundary, as encoded JSON
/// @param valueDepth the deepest nesting of a value that crosses the boundary
/// @param frameSlackBytes how much longer than a value a frame may be
/// @param totalBytes what one run tree may send in each direction
/// @param entryCpu worker CPU from the delivery of a frame until the worker is idle
/// @param entryWall wall time of the same stretch, while somebody waits for it
/// @param totalCpu worker CPU of the whole run tree
/// @param heapBytes the worker's Java heap
/// @param residentBytes the worker's resident memory
/// @param logBytes how much of the worker's error stream is kept
/// @param startWall how long a worker may take until it is ready
/// @param stopWall how long to wait for killed processes to be gone
/// @param queuedFrames frames read ahead of the caller
/// @param queuedBytes bytes read ahead of the caller
/// @param stackBytes the longest error stack a script or its author sees
public record SandboxLimits(
    int sourceBytes,
    int valueBytes,
    int valueDepth,
    int frameSlackBytes,
    long totalBytes,
    Duration entryCpu,
    Duration entryWall,
    Duration totalCpu,
    long heapBytes,
    long residentBytes,
    int logBytes,
    Duration startWall,
    Duration stopWall,
    int queuedFrames,
    int queuedBytes,
    int stackBytes) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  public static SandboxLimits defaults() {
    return new SandboxLimits(
        512 * KIB,
        4 * MIB,
        64,
        64 * KIB,
        1024L * MIB,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        256L * MIB,
        512L * MIB,
        64 * KIB,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        1024,
        8 * MIB,
        4 * KIB);
  }

  /// The longest frame in either direction.
  public int frameBytes() {
    return valueBytes + frameSlackBytes;
  }

  public SandboxLimits withEntry(Duration cpu, Duration wall) {
    return new SandboxLimits(
        sourceBytes,
        valueBytes,
        valueDepth,
        frameSlackBytes,
        totalBytes,
        cpu,
        wall,
        totalCpu,
        heapBytes,
        residentBytes,
        logBytes,
        startWall,
        stopWall,
        queuedFrames,
        queuedBytes,
        stackBytes);
  }

  public SandboxLimits withTotals(Duration cpu, long bytes) {
    return new SandboxLimits(
        sourceBytes,
        valueBytes,
        valueDepth,
        frameSlackBytes,
        bytes,
        entryCpu,
        entryWall,
        cpu,
        heapBytes,
        residentBytes,
        logBytes,
        startWall,
        stopWall,
        queuedFrames,
        queuedBytes,
        stackBytes);
  }

  public SandboxLimits withMemory(long heap, long resident) {
    return new SandboxLimits(
        sourceBytes,
        valueBytes,
        valueDepth,
        frameSlackBytes,
        totalBytes,
        entryCpu,
        entryWall,
        totalCpu,
        heap,
        resident,
        logBytes,
        startWall,
        stopWall,
        queuedFrames,
        queuedBytes,
        stackBytes);
  }

  public SandboxLimits withValues(
      int source, int value, int depth, int slack, long total, int stack) {
    return new SandboxLimits(
        source,
        value,
        depth,
        slack,
        total,
        entryCpu,
        entryWall,
        totalCpu,
        heapBytes,
        residentBytes,
        logBytes,
        startWall,
        stopWall,
        queuedFrames,
        queuedBytes,
        stack);
  }

  public SandboxLimits withStart(Duration patience) {
    return new SandboxLimits(
        sourceBytes,
        valueBytes,
        valueDepth,
        frameSlackBytes,
        totalBytes,
        entryCpu,
        entryWall,
        totalCpu,
        heapBytes,
        residentBytes,
        logBytes,
        patience,
        stopWall,
        queuedFrames,
        queuedBytes,
        stackBytes);
  }
}
