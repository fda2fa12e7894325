package mimo.sandbox.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/// acorn, a parser of JavaScript by others, in a realm of its own.
final class Acorn implements AutoCloseable {

  private static final String LIBRARY = "/META-INF/resources/webjars/acorn/8.16.0/dist/acorn.js";

  /// Parses a text inside the function it is to be the body of, and refuses it unless the function
  /// is all there is then, but for a directive. The answer is the message of a refusal, or
  /// positions as numbers.
  private static final String JUDGE =
      """
      (text, head, tail) => {
        const whole = head + text + tail;
        let program;
        try {
          program = acorn.parse(whole, { ecmaVersion: 2025, sourceType: "script" });
        } catch (error) {
          return JSON.stringify({ refusal: error.message, statements: [], awaits: [] });
        }
        const [last, ...others] = program.body.toReversed();
        const body = last?.expression?.body;
        if (others.some((one) => !one.directive) || body?.end !== whole.length - 1) {
          return JSON.stringify({ refusal: "breaks out", statements: [], awaits: [] });
        }
        const awaits = [];
        const open = [program];
        while (open.length > 0) {
          const node = open.pop();
          if (node.type === "AwaitExpression") awaits.push(node.start - head.length);
          for (const key in node) {
            const value = node[key];
            for (const child of Array.isArray(value) ? value : [value]) {
              if (typeof child?.type === "string") open.push(child);
            }
          }
        }
        const statements = body.body
          .filter((one) => !/Declaration$|^EmptyStatement$/.test(one.type))
          .map((one) => one.start - head.length)
          .filter((start) => start >= 0);
        return JSON.stringify({ refusal: "", statements, awaits: awaits.sort((a, b) => a - b) });
      }
      """;

  private final Context context;
  private final Value judge;

  /// What acorn says of a text.
  ///
  /// @param refusal empty if it is legal
  /// @param statements where the outermost statements begin that declare nothing
  /// @param awaits where each `await` of an expression stands
  record Verdict(String refusal, List<Integer> statements, List<Integer> awaits) {}

  Acorn() throws IOException {
    context = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    try (InputStream library = Acorn.class.getResourceAsStream(LIBRARY)) {
      context.eval("js", new String(library.readAllBytes(), StandardCharsets.UTF_8));
    }
    judge = context.eval("js", JUDGE);
  }

  /// Judges the body of a strict async function.
  Verdict body(String text) throws IOException {
    return verdict(judge.execute(text, "(async()=>{\"use strict\";", "\n})").asString());
  }

  /// Judges a text whose value is a function.
  Verdict function(String text) throws IOException {
    return verdict(judge.execute(text, "", "").asString());
  }

  private static Verdict verdict(String json) throws IOException {
    var refusal = "";
    var statements = new ArrayList<Integer>();
    var awaits = new ArrayList<Integer>();
    try (var parser = new JsonFactory().createParser(json)) {
      String list = "";
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          list = parser.currentName();
        } else if (token == JsonToken.VALUE_STRING) {
          refusal = parser.getText();
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
          (list.equals("statements") ? statements : awaits).add(parser.getIntValue());
        }
      }
    }
    return new Verdict(refusal, statements, awaits);
  }

  @Override
  public void close() {
    context.close(true);
  }
}
