package mimo.sandbox.graal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.ScriptCompiler;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;

/// The interpreter of one run tree: each of its scripts gets a realm of its own from here. Confined
/// to one thread, but for [#close].
///
/// What every realm runs first, the kernel and the library, is parsed once for all of them: the
/// engine keeps the parse for as long as somebody keeps the source.
public final class GuestEngines implements AutoCloseable {

  private static final List<String> KERNEL =
      List.of(
          "primordials", "names", "errors", "time", "random", "frames", "copy", "freeze", "guest");

  private static final Map<String, String> OPTIONS =
      Map.of(
          "js.strict", "true",
          "js.locale", "en-US",
          // The handler is the only way to hear of rejections nobody handles; the name `Graal`
          // through which it is set is gone before any other code runs.
          "js.unhandled-rejections", "handler");

  private final SandboxLimits limits;
  private final Engine engine;
  private final List<Source> kernel;
  private final Map<ScriptSource, Source> library = new HashMap<>();

  public GuestEngines(SandboxLimits limits) {
    this.limits = limits;
    this.engine = Confinement.engine();
    this.kernel = KERNEL.stream().map(GuestEngines::kernelSource).toList();
  }

  /// A fresh realm with the kernel in it.
  ///
  /// @param events hears what the realm's guest does
  public GuestEngine open(Consumer<GuestEvent> events) {
    var context = Confinement.context(engine, OPTIONS);
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
