package mimo.sandbox.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The JavaScript that takes the types out of TypeScript: the parser of the TypeScript compiler and
/// `ts-blank-space`, as their authors wrote them, and a driver that joins the two.
public final class EraserText {

  /// The SHA-256 over all its parts, so that what it has erased is known by it.
  public static final String DIGEST =
      "85a56027cf138371d14f05933a70e2c9a006e71c2377c8d1d4ab8dccf365579b";

  /// The compiler's first lines open a function that its last lines, which are not here, close.
  private static final String END_OF_PARSER =
      "})({ get exports() { return ts; }, set exports(made) { ts = made; } });\n";

  /// The eraser's two files are modules; here they are parts of one function.
  private static final Pattern MODULE_WORDS =
      Pattern.compile("^(?:import .*|export (?:default )?)", Pattern.MULTILINE);

  private EraserText() {}

  /// A program that leaves the parser in the global name `ts`.
  public static String parser() {
    return part("typescript-parser") + END_OF_PARSER;
  }

  /// An expression whose value is the eraser: a function of a text, and of how many faults it may
  /// report at most.
  public static String eraser() {
    return "(function(tslib){"
        + MODULE_WORDS.matcher(part("blank-string")).replaceAll("")
        + MODULE_WORDS.matcher(part("ts-blank-space")).replaceAll("")
        + part("driver")
        + "})(ts)";
  }

  private static String part(String name) {
    String resource = "eraser/" + name + ".js";
    try (InputStream stream = EraserText.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("this build lacks " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
