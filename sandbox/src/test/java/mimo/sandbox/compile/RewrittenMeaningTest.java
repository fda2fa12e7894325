package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Accepted;
import mimo.sandbox.testing.ScriptDriver;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A program does the same with its awaits rewritten as it does without, in any order of answers:
/// the rewrite adds no turn of the microtask queue and changes no value (L127, C65).
///
/// Both run in a plain realm, with the functions of the language in their plainest form and helpers
/// of the rewrite that do nothing. So nothing but the rewrite can make a difference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RewrittenMeaningTest {

  private static final Path REPOSITORY =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");

  private static final Path GOLDEN = REPOSITORY.resolve("cli/src/test/resources/golden");
  private static final Pattern ARGS = Pattern.compile("(?m)^args: (.*)$");
  private static final String HEAD =
      "\"use strict\";(async(__wf_r,__wf_e,__wf_a,__wf_i,__wf_k,__wf_m,__wf_x)=>{";
  private static final int MOST_ANSWERS = 5_000;
  private static final int ORDERS = 3;

  private final Engine engine =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  /// One script as its author wrote it.
  record Specimen(String name, String text, String args) {

    @Override
    public String toString() {
      return name;
    }
  }

  /// Everything kept as an example, and every case of the language, that imports nothing.
  static List<Specimen> corpus() {
    var found = new ArrayList<Specimen>();
    for (var folder : List.of("docs/examples", "compose-stdlib/src/test/resources/conformance")) {
      try (var files = Files.walk(REPOSITORY.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".js"))
            .sorted()
            .map(file -> new Specimen(nameOf(file), read(file), args(file)))
            .filter(each -> !each.text().contains("\nimport ") && compiled(each.text()) != null)
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static String nameOf(Path file) {
    return REPOSITORY.relativize(file).toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String args(Path script) {
    var stem = String.valueOf(script.getFileName()).replaceFirst("\\.js$", "");
    var golden = GOLDEN.resolve("example-" + stem + ".txt");
    var args = Files.exists(golden) ? ARGS.matcher(read(golden)) : ARGS.matcher("");
    return args.find() ? args.group(1) : "undefined";
  }

  private static @Nullable String compiled(String text) {
    var outcome = new ScriptCompiler(512 * 1024).compile(new ScriptSource("s.js", text));
    return outcome instanceof Accepted(var script) ? script.text() : null;
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void thereIsMuchToCompare() {
    var corpus = corpus();
    int deeds = corpus.stream().mapToInt(each -> trace(plain(each.text()), each, 0).size()).sum();

    assertTrue(corpus.size() >= 60, () -> "saw only " + corpus.size());
    assertTrue(deeds >= 1_000, () -> "saw only " + deeds + " deeds");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void doesTheSameWithAndWithoutTheRewrite(Specimen script) { // L127, C65
    var rewritten = Objects.requireNonNull(compiled(script.text()));

    for (int order = 0; order < ORDERS; order++) {
      assertEquals(trace(plain(script.text()), script, order), trace(rewritten, script, order));
    }
  }

  @Test
  void theComparisonNoticesAnAwaitTooMany() { // S87
    var text =
        """
        export const meta = {};
        const go = async (n) => { log(n); await null; log(n + 10); };
        await Promise.all([go(1), go(2)]);
        """;
    var script = new Specimen("s.js", text, "undefined");
    var slower = text.replace("await null; log", "await null; await null; log");

    var same = trace(Objects.requireNonNull(compiled(text)), script, 0);

    assertEquals(trace(plain(text), script, 0), same);
    assertEquals(List.of("says 1", "says 2", "says 11", "says 12", "ends undefined"), same);
    assertTrue(!trace(plain(slower + "\nlog('end')"), script, 0).equals(same));
  }

  /// The script in a wrapper, as the compiler would leave it without a rewrite.
  private static String plain(String text) {
    var body =
        text.replaceFirst("^\uFEFF?(?:#!.*)?", "")
            .replaceFirst("(?m)^export const meta", "const meta")
            .replaceFirst("(?m)^export default (.*function) (\\w+)", "__wf_x.v = $2; $1 $2")
            .replaceFirst("(?m)^export default ", "__wf_x.v = ");
    return HEAD + body + "\n})";
  }

  /// What a program does when its calls are answered in this order: the first, the last, or any.
  private List<String> trace(String program, Specimen script, int order) {
    try (var context = Context.newBuilder("js").engine(engine).build()) {
      var trace = context.eval("js", "globalThis.trace = []");
      var open = context.eval("js", "globalThis.open = []");
      var args = context.eval("js", "(" + script.args() + ")");
      context
          .eval("js", ScriptDriver.resource("/mimo/sandbox/reference.js"))
          .execute(trace, open, args);
      var run =
          context.eval(
              "js",
              """
              (program) => {
                const same = (_, value) => value;
                const holder = { v: undefined };
                const text = (value) => JSON.stringify(value) ?? "undefined";
                const main = () => typeof holder.v === "function" ? holder.v(args) : holder.v;
                program(same, () => 0, same, same, (e) => e, undefined, holder)
                  .then((value) => value === undefined ? main() : value)
                  .then(
                    (value) => trace.push("ends " + text(value)),
                    (e) => trace.push("throws " + (e?.message ?? e)));
              }
              """);
      run.executeVoid(context.eval("js", program));
      answer(context, open, new Random(order), order);
      return lines(trace);
    }
  }

  private static void answer(Context context, Value open, Random random, int order) {
    var settle = context.eval("js", "(at) => { open.splice(at, 1)[0](); }");
    for (int answers = 0; open.getArraySize() > 0 && answers < MOST_ANSWERS; answers++) {
      int size = Math.toIntExact(open.getArraySize());
      int at = order == 0 ? 0 : order == 1 ? size - 1 : random.nextInt(size);
      settle.executeVoid(at);
    }
  }

  private static List<String> lines(Value trace) {
    var lines = new ArrayList<String>();
    for (long at = 0; at < trace.getArraySize(); at++) {
      lines.add(trace.getArrayElement(at).asString());
    }
    return lines;
  }
}
