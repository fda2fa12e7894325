package mimo.sandbox.graal;

import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.io.IOAccess;

/// How every realm of this room is shut off: no host, no files, no streams, no zone but UTC.
final class Confinement {

  /// Options the policy admits. What it does not admit, `names.js` takes away.
  private static final Map<String, String> OPTIONS =
      Map.of(
          "js.allow-eval", "false",
          "js.load", "false",
          "js.print", "false",
          "js.console", "false",
          "js.webassembly", "false",
          "js.ecmascript-version", "2025");

  private Confinement() {}

  /// An engine that writes nowhere.
  static Engine engine() {
    return Engine.newBuilder("js")
        .sandbox(SandboxPolicy.CONSTRAINED)
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .option("engine.WarnInterpreterOnly", "false")
        .build();
  }

  /// A realm of that engine.
  ///
  /// @param more options of this realm alone
  static Context context(Engine engine, Map<String, String> more) {
    return Context.newBuilder("js")
        .sandbox(SandboxPolicy.CONSTRAINED)
        .engine(engine)
        .allowHostAccess(HostAccess.CONSTRAINED)
        .allowIO(IOAccess.NONE)
        .timeZone(ZoneOffset.UTC)
        .options(OPTIONS)
        .options(more)
        .build();
  }
}
