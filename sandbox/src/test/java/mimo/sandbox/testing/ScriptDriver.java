package mimo.sandbox.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// Plays the caller of a guest: answers each call, in the order of a seed or of asking, until the
/// script ends or stands still for ever.
public final class ScriptDriver {

  public static final String SEED =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  public static final Instant CLOCK = Instant.parse("2026-01-02T03:04:05.006Z");

  private static final String META = "export const meta = {name: \"t\", description: \"d\"};";

  /// What a script did from its start to its end.
  ///
  /// @param events all but the idle ones
  /// @param idles how the guest stood still, in order
  public record Outcome(List<GuestEvent> events, List<GuestEvent.Idle> idles) {

    public GuestEvent last() {
      return events.getLast();
    }

    /// The result as JSON.
    public String value() {
      if (last() instanceof GuestEvent.Finished(var value)) {
        return value;
      }
      throw new AssertionError("the script did not finish: " + events);
    }

    public ScriptFault fault() {
      if (last() instanceof GuestEvent.Failed(var fault)) {
        return fault;
      }
      throw new AssertionError("the script did not fail: " + events);
    }

    public List<GuestEvent.Called> calls() {
      return events.stream()
          .filter(GuestEvent.Called.class::isInstance)
          .map(GuestEvent.Called.class::cast)
          .toList();
    }

    public List<GuestEvent.Noted> notes() {
      return events.stream()
          .filter(GuestEvent.Noted.class::isInstance)
          .map(GuestEvent.Noted.class::cast)
          .toList();
    }
  }

  private final Sandbox sandbox;
  private List<ScriptSource> library = List.of(library());
  private @Nullable String arguments;
  private String settings = "{}";
  private String seed = SEED;
  private @Nullable Random order;
  private Function<GuestEvent.Called, Settlement> answers =
      call -> resolved("\"answer " + call.call() + "\"", call.call());

  public ScriptDriver(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Another library than that of the tests.
  public ScriptDriver library(ScriptSource... files) {
    library = List.of(files);
    return this;
  }

  public ScriptDriver arguments(String json) {
    arguments = json;
    return this;
  }

  public ScriptDriver settings(String json) {
    settings = json;
    return this;
  }

  public ScriptDriver seed(String hex) {
    seed = hex;
    return this;
  }

  /// Answers open calls in a random order instead of that of asking.
  public ScriptDriver shuffled(long orderSeed) {
    order = new Random(orderSeed);
    return this;
  }

  public ScriptDriver answers(Function<GuestEvent.Called, Settlement> how) {
    answers = how;
    return this;
  }

  /// An answer whose clock is so many seconds after the start, with as much spent.
  public static Settlement resolved(String json, int seconds) {
    return new Settlement.Resolved(json, CLOCK.plusSeconds(seconds), seconds);
  }

  public static Settlement rejected(String code, String message) {
    return new Settlement.Rejected(code, message, CLOCK, 0);
  }

  public static ScriptSource script(String body) {
    return new ScriptSource("demo.js", META + body);
  }

  /// Runs a body behind a `meta` that stands on the first line.
  public Outcome run(String body) throws InterruptedException {
    return run(script("\n" + body));
  }

  public Outcome run(ScriptSource source) throws InterruptedException {
    return run(source, ImportedFiles.NONE);
  }

  public Outcome run(ScriptSource source, ImportedFiles files) throws InterruptedException {
    var compilation = sandbox.compile(source, files);
    if (compilation instanceof Compilation.Rejected(var faults)) {
      throw new AssertionError("the script is refused: " + faults);
    }
    return runCompiled();
  }

  /// Runs the script that the sandbox has compiled.
  public Outcome runCompiled() throws InterruptedException {
    return drive(sandbox.start(launch()));
  }

  public GuestLaunch launch() {
    return new GuestLaunch(library, arguments, settings, seed, CLOCK, 0);
  }

  private Outcome drive(Guest guest) throws InterruptedException {
    var events = new ArrayList<GuestEvent>();
    var idles = new ArrayList<GuestEvent.Idle>();
    var open = new ArrayList<GuestEvent.Called>();
    while (true) {
      var event = guest.next();
      if (event instanceof GuestEvent.Idle idle) {
        idles.add(idle);
        if (open.isEmpty()) {
          return new Outcome(events, idles);
        }
        var call = open.remove(order == null ? 0 : order.nextInt(open.size()));
        guest.settle(call.call(), answers.apply(call));
        continue;
      }
      events.add(event);
      switch (event) {
        case GuestEvent.Called called -> open.add(called);
        case GuestEvent.Finished _, GuestEvent.Failed _ -> {
          return new Outcome(events, idles);
        }
        case GuestEvent.Noted _, GuestEvent.Idle _ -> {}
      }
    }
  }

  public static ScriptSource library() {
    return new ScriptSource("library.js", resource("/mimo/sandbox/library.js"));
  }

  public static String resource(String path) {
    try (InputStream stream = ScriptDriver.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new AssertionError("no test resource " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
