package mimo.sandbox.worker;

import mimo.sandbox.SandboxLimits;
import mimo.sandbox.protocol.FrameCaps;

/// The limits a worker must know itself, as its command line carries them.
public final class WorkerArguments {

  private WorkerArguments() {}

  public static String[] of(SandboxLimits limits) {
    return new String[] {
      Integer.toString(limits.sourceBytes()),
      Integer.toString(limits.valueBytes()),
      Integer.toString(limits.valueDepth()),
      Integer.toString(limits.frameSlackBytes()),
      Long.toString(limits.totalBytes()),
      Integer.toString(limits.stackBytes())
    };
  }

  static SandboxLimits parse(String[] arguments) {
    if (arguments.length != 6) {
      throw new IllegalArgumentException(
          "a worker takes 6 limits, not " + arguments.length + "; it is started by its parent");
    }
    return SandboxLimits.defaults()
        .withValues(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Long.parseLong(arguments[4]),
            Integer.parseInt(arguments[5]));
  }

  /// The caps of either direction.
  public static FrameCaps caps(SandboxLimits limits) {
    return new FrameCaps(limits.frameBytes(), limits.totalBytes(), limits.valueDepth());
  }
}
