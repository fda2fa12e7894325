package mimo.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a worker process is started.
///
/// @param java the launcher of the Java runtime
/// @param classPath the jars of this room and its libraries, in order
/// @param bubblewrap the `bwrap` program; null if there is none
/// @param wrapping whether the worker is wrapped by it
/// @param flags more flags for the worker's JVM, for example those of an AOT cache
/// @param readable files besides the runtime and the class path that the worker may read
/// @param farewell how long a worker may take to end by itself when its pipe is closed, before it
///   is killed; zero for all that run somebody's script
/// @param scratch a folder of the caller in which each worker gets its own empty one
/// @param limits what the worker may take
public record WorkerSettings(
    Path java,
    List<Path> classPath,
    @Nullable Path bubblewrap,
    Wrapping wrapping,
    List<String> flags,
    List<Path> readable,
    Duration farewell,
    Path scratch,
    SandboxLimits limits) {

  /// Ten seconds where nothing else runs.
  private static final Duration RECORDING = Duration.ofMinutes(3);

  /// Whether the operating system confines the worker too.
  public enum Wrapping {
    /// Never: the process alone is the wall.
    NEVER,
    /// Where it works; elsewhere the process alone, and [Sandbox#confinement] says so.
    IF_IT_WORKS,
    /// Where it does not work, there is no sandbox.
    REQUIRED
  }

  public WorkerSettings {
    classPath = List.copyOf(classPath);
    flags = List.copyOf(flags);
    readable = List.copyOf(readable);
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException("a worker needs a class path");
    }
  }

  /// Wrapped if it works, with the default limits.
  public static WorkerSettings of(
      Path java, List<Path> classPath, @Nullable Path bubblewrap, Path scratch) {
    return new WorkerSettings(
        java,
        classPath,
        bubblewrap,
        Wrapping.IF_IT_WORKS,
        List.of(),
        List.of(),
        Duration.ZERO,
        scratch,
        SandboxLimits.defaults());
  }

  public WorkerSettings withWrapping(Wrapping how) {
    return new WorkerSettings(
        java, classPath, bubblewrap, how, flags, readable, farewell, scratch, limits);
  }

  public WorkerSettings withLimits(SandboxLimits others) {
    return new WorkerSettings(
        java, classPath, bubblewrap, wrapping, flags, readable, farewell, scratch, others);
  }

  /// With an AOT cache recorded from these settings; one that is missing or stale costs time only.
  public WorkerSettings withCache(Path cache) {
    return new WorkerSettings(
        java,
        classPath,
        bubblewrap,
        wrapping,
        List.of("-XX:AOTCache=" + cache),
        List.of(cache),
        farewell,
        scratch,
        limits);
  }

  /// With an AOT cache to be recorded, from the worker's start to its end. The JVM writes it when
  /// it ends by itself, through a child of its own: hence no wrapper, and time to do so.
  public WorkerSettings recording(Path cache) {
    return new WorkerSettings(
        java,
        classPath,
        bubblewrap,
        Wrapping.NEVER,
        List.of("-XX:AOTCacheOutput=" + cache),
        List.of(),
        RECORDING,
        scratch,
        limits);
  }
}
