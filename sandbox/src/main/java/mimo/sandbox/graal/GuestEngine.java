package mimo.sandbox.graal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.CompiledScript;
import mimo.sandbox.compile.ScriptCompiler;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/// One realm for one script, with the kernel in it. Confined to one thread.
///
/// Each of [#start] and [#settle] runs the guest until its queue of microtasks is empty. What it
/// does on the way goes to the consumer; the last event is [GuestEvent.Idle] or an end.
public final class GuestEngine implements AutoCloseable {

  private final GuestEngines engines;
  private final SandboxLimits limits;
  private final Consumer<GuestEvent> events;
  private final KernelHost host;
  private final Context context;
  private final Value kernel;
  // Asked for at each entry: looked up once.
  private final Value settle;
  private final Value afterEntry;
  private final GuestModules modules = new GuestModules();
  private @Nullable CompiledScript script;
  private @Nullable Value body;
  private boolean ended;

  GuestEngine(
      GuestEngines engines, Context context, SandboxLimits limits, Consumer<GuestEvent> events) {
    this.engines = engines;
    this.limits = limits;
    this.events = events;
    this.host = new KernelHost(limits, this::pass);
    this.context = context;
    this.kernel = context.eval("js", "({__proto__: null})");
    kernel.putMember("host", host);
    kernel.putMember("limits", context.eval("js", "({})"));
    tellLimits(kernel.getMember("limits"));
    engines.kernel().forEach(part -> context.eval(part).executeVoid(kernel));
    this.settle = kernel.getMember("settle");
    this.afterEntry = kernel.getMember("afterEntry");
  }

  private void tellLimits(Value kernelLimits) {
    kernelLimits.putMember("valueBytes", limits.values().valueBytes());
    kernelLimits.putMember("valueDepth", limits.values().valueDepth());
    kernelLimits.putMember("tagBytes", limits.values().tagBytes());
    kernelLimits.putMember("pathChars", limits.values().pathChars());
    kernelLimits.putMember("segmentChars", limits.values().segmentChars());
  }

  private void pass(GuestEvent event) {
    if (!ended) {
      ended = event instanceof GuestEvent.Finished || event instanceof GuestEvent.Failed;
      events.accept(event);
    }
  }

  /// Compiles the script this engine will run.
  public Compilation compile(ScriptSource source) {
    return switch (new ScriptCompiler(limits.values().sourceBytes()).compile(source)) {
      case ScriptCompiler.Outcome.Refused(var faults) -> new Compilation.Rejected(faults);
      case ScriptCompiler.Outcome.Accepted(var compiled) -> load(compiled);
    };
  }

  /// Compiles one file that the script imports.
  public Compilation module(ScriptSource source) {
    return switch (new ScriptCompiler(limits.values().sourceBytes()).compileModule(source)) {
      case ScriptCompiler.Outcome.Refused(var faults) -> new Compilation.Rejected(faults);
      case ScriptCompiler.Outcome.Accepted(var compiled) -> {
        try {
          var text = source(modules.sourceName(), compiled.text());
          modules.add(compiled, context.parse(text));
          yield compiled.compiled();
        } catch (PolyglotException e) {
          yield new Compilation.Rejected(List.of(refusal(compiled, e)));
        }
      }
    };
  }

  /// Says which files the imports of an imported file mean; it runs after all that came before.
  public void linkModule(String file, List<String> targets) {
    modules.link(file, targets);
  }

  /// Says which files the script's imports mean, and whether all names that are imported are there.
  public Compilation linkScript(List<String> targets) {
    var compiled = script;
    if (compiled == null) {
      throw new IllegalStateException("no script was compiled");
    }
    var faults = modules.linkScript(compiled, targets);
    return faults.isEmpty() ? compiled.compiled() : new Compilation.Rejected(faults);
  }

  /// The engine parses the wrapped text too: what its own rules refuse is refused before any run.
  private Compilation load(CompiledScript compiled) {
    try {
      body = context.parse(source(GuestFiles.SCRIPT, compiled.text()));
      script = compiled;
      return compiled.compiled();
    } catch (PolyglotException e) {
      return new Compilation.Rejected(List.of(refusal(compiled, e)));
    }
  }

  private static ScriptFault refusal(CompiledScript compiled, PolyglotException e) {
    var location = e.getSourceLocation();
    var at =
        location == null
            ? new Position(0, 0)
            : compiled.written(location.getStartLine(), location.getStartColumn());
    // The engine puts its own name of the place in front.
    String message =
        e.isSyntaxError()
            ? firstLine(e.getMessage()).replaceFirst("^SyntaxError: \\S+:\\d+:\\d+ ", "")
            : "the engine refuses this";
    return new ScriptFault("script_invalid", "SyntaxError", message, at.line(), at.column(), "");
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  /// Runs the library, freezes the realm and starts the script.
  public void start(GuestLaunch launch) {
    var compiled = script;
    var program = body;
    if (compiled == null || program == null) {
      throw new IllegalStateException("no script was compiled");
    }
    body = null;
    kernel
        .getMember("prepare")
        .executeVoid(
            launch.arguments(),
            launch.settings(),
            seedWords(launch.seed()),
            millis(launch.clock()),
            (double) launch.spent());
    for (var file : launch.library()) {
      kernel.getMember("runLibrary").executeVoid(context.eval(engines.library(file)));
    }
    host.runs(modules.files(compiled));
    modules.hand(kernel);
    kernel.getMember("run").executeVoid(program.execute());
    afterEntry(compiled);
  }

  /// Settles one call and lets the guest run on.
  ///
  /// @throws IllegalArgumentException if no such call is open
  public void settle(int call, Settlement settlement) {
    var compiled = script;
    if (compiled == null) {
      throw new IllegalStateException("no script was started");
    }
    double clock = millis(settlement.clock());
    double spent = settlement.spent();
    boolean known =
        switch (settlement) {
          case Settlement.Resolved r ->
              settle.execute(call, true, r.value(), "", clock, spent).asBoolean();
          case Settlement.Rejected r ->
              settle.execute(call, false, r.message(), r.code(), clock, spent).asBoolean();
        };
    if (!known) {
      throw new IllegalArgumentException("call " + call + " is not open");
    }
    afterEntry(compiled);
  }

  private void afterEntry(CompiledScript compiled) {
    int site = afterEntry.execute().asInt();
    if (!ended) {
      events.accept(new GuestEvent.Idle(site < 0 ? null : compiled.site(site)));
    }
  }

  private static double millis(Instant clock) {
    return clock.toEpochMilli();
  }

  /// Eight words of 32 bits as a JSON array.
  private static String seedWords(String hex) {
    if (!hex.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("a seed is 64 hex digits, not \"" + hex + "\"");
    }
    var words = new ArrayList<Long>();
    for (int i = 0; i < hex.length(); i += 8) {
      words.add(Long.parseLong(hex, i, i + 8, 16));
    }
    return words.toString();
  }

  private static Source source(String name, String text) {
    return Source.newBuilder("js", text, name).cached(false).buildLiteral();
  }

  /// Gives the realm up, whatever its script still waits for.
  @Override
  public void close() {
    context.close(true);
  }
}
