package mimo.sandbox.graal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.ScriptCompiler;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/// The interpreter of one run tree: each of its scripts gets a realm of its own from here. Confined
/// to one thread, but for [#close].
///
/// What every realm runs first, the kernel and the library, is parsed once for all of them: the
/// engine keeps the parse for as long as somebody keeps the source.
public final class GuestEngines implements AutoCloseable {

  private static final List<String> KERNEL =
      List.of(
          "primordials", "names", "errors", "time", "random", "frames", "copy", "freeze", "guest");

  /// Options the policy admits. What it does not admit, `names.js` takes away.
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("js.allow-eval", "false"),
          Map.entry("js.load", "false"),
          Map.entry("js.print", "false"),
          Map.entry("js.console", "false"),
          Map.entry("js.webassembly", "false"),
          Map.entry("js.strict", "true"),
          Map.entry("js.locale", "en-US"),
          Map.entry("js.ecmascript-version", "2025"),
          // The handler is the only way to hear of rejections nobody handles; the name `Graal`
          // through which it is set is gone before any other code runs.
          Map.entry("js.unhandled-rejections", "handler"));

  private final SandboxLimits limits;
  private final Engine engine;
  private final List<Source> kernel;
  private final Map<ScriptSource, Source> library = new HashMap<>();

  public GuestEngines(SandboxLimits limits) {
    this.limits = limits;
    this.engine =
        Engine.newBuilder("js")
            .sandbox(SandboxPolicy.CONSTRAINED)
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    this.kernel = KERNEL.stream().map(GuestEngines::kernelSource).toList();
  }

  /// A fresh realm with the kernel in it.
  ///
  /// @param events hears what the realm's guest does
  public GuestEngine open(Consumer<GuestEvent> events) {
    var context =
        Context.newBuilder("js")
            .sandbox(SandboxPolicy.CONSTRAINED)
            .engine(engine)
            .allowHostAccess(HostAccess.CONSTRAINED)
            .allowIO(IOAccess.NONE)
            .timeZone(ZoneOffset.UTC)
            .options(OPTIONS)
            .build();
    return new GuestEngine(this, context, limits, events);
  }

  /// Takes one file of the library before a realm wants it.
  ///
  /// @throws IllegalArgumentException if it is no legal function body
  public void shelve(ScriptSource file) {
    library(file);
  }

  List<Source> kernel() {
    return kernel;
  }

  Source library(ScriptSource file) {
    return library.computeIfAbsent(
        file,
        fresh ->
            shared("wf-library-" + library.size(), ScriptCompiler.compileLibrary(fresh).text()));
  }

  private static Source kernelSource(String part) {
    String resource = "kernel/" + part + ".js";
    try (var stream = GuestEngines.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the kernel lacks " + resource);
      }
      return shared("wf-kernel-" + part, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private static Source shared(String name, String text) {
    return Source.newBuilder("js", text, name).cached(true).buildLiteral();
  }

  /// Asks all guests to stop, from any thread. They need not obey: only a process can be stopped.
  @Override
  public void close() {
    engine.close(true);
  }
}
