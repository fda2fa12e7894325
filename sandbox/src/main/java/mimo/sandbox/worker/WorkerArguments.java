package mimo.sandbox.worker;

import mimo.sandbox.SandboxLimits;
import mimo.sandbox.protocol.FrameCaps;

/// The limits a worker must know itself, as its command line carries them.
public final class WorkerArguments {

  private WorkerArguments() {}

  public static String[] of(SandboxLimits limits) {
    var values = limits.values();
    var pipe = limits.pipe();
    return new String[] {
      Integer.toString(values.sourceBytes()),
      Integer.toString(values.valueBytes()),
      Integer.toString(values.valueDepth()),
      Integer.toString(values.stackBytes()),
      Integer.toString(pipe.frameSlackBytes()),
      Long.toString(pipe.totalBytes())
    };
  }

  static SandboxLimits parse(String[] arguments) {
    if (arguments.length != 6) {
      throw new IllegalArgumentException(
          "a worker takes 6 limits, not " + arguments.length + "; it is started by its parent");
    }
    var values =
        new SandboxLimits.Values(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            // Its parent counts the files.
            Integer.MAX_VALUE);
    int slack = Integer.parseInt(arguments[4]);
    long total = Long.parseLong(arguments[5]);
    return SandboxLimits.defaults()
        .withValues(_ -> values)
        .withPipe(pipe -> pipe.withFrames(slack, total));
  }

  /// The caps of either direction.
  public static FrameCaps caps(SandboxLimits limits) {
    return new FrameCaps(
        limits.frameBytes(), limits.pipe().totalBytes(), limits.values().valueDepth());
  }
}
