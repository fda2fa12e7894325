package mimo.sandbox.compile;

import com.oracle.js.parser.ParserException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSize;
import mimo.sandbox.ScriptSource;

/// Compiles scripts, text to text. Nothing runs.
///
/// The whole program is parsed before any wrapping, as what it is: the body of a strict async
/// function. Text that only the wrapper would make legal is thus refused.
public final class ScriptCompiler {

  /// The helpers a compiled body takes: restore, enter, await, iterate, clean, and the holder of
  /// the value of `export default`.
  private static final String SCRIPT_HEAD =
      "\"use strict\";(async(__wf_r,__wf_e,__wf_a,__wf_i,__wf_k,__wf_x)=>{const __wf_c=__wf_e();";

  private static final String LIBRARY_HEAD =
      "(function(wf,__wf_r,__wf_e,__wf_a,__wf_i,__wf_k){\"use strict\";";
  private static final String TAIL = "\n})";

  private static final Pattern EXPORT_DEFAULT =
      Pattern.compile("export((?:\\s|//[^\\n\\r]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)++)default\\b");
  private static final Pattern DECLARATION =
      Pattern.compile(
          "\\G(?:\\s|//[^\\n\\r]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+"
              + "(?:async\\s+function|function|class)\\b");

  private final int maxBytes;

  public ScriptCompiler(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// What compiling came to.
  public sealed interface Outcome {
    record Accepted(CompiledScript script) implements Outcome {}

    record Refused(List<ScriptFault> faults) implements Outcome {
      public Refused {
        faults = List.copyOf(faults);
      }
    }
  }

  public Outcome compile(ScriptSource source) {
    var oversized = ScriptSize.fault(source, maxBytes);
    if (oversized != null) {
      return new Outcome.Refused(List.of(oversized));
    }
    return switch (MetaReader.read(source)) {
      case MetaReader.Reading.Faulty(var fault) -> new Outcome.Refused(List.of(fault));
      case MetaReader.Reading.Found found -> compile(source, found);
    };
  }

  private static Outcome compile(ScriptSource source, MetaReader.Reading.Found meta) {
    var lines = new LineIndex(source.text());
    try {
      var body = new StringBuilder(source.text());
      blank(body, 0, meta.program());
      blank(body, meta.export(), meta.export() + "export".length());
      var defaults = new HashSet<Integer>();
      var program = parse(body, lines, defaults);
      var faults = ForbiddenSyntax.find(program, lines, defaults);
      if (!faults.isEmpty()) {
        return new Outcome.Refused(faults);
      }
      return new Outcome.Accepted(wrap(source, meta.json(), body.toString(), program, SCRIPT_HEAD));
    } catch (FaultFound found) {
      return new Outcome.Refused(List.of(found.fault()));
    } catch (StackOverflowError e) {
      // The parser recurses with the nesting of the text, and hostile text nests without end.
      return new Outcome.Refused(
          List.of(FaultFound.fault(lines.position(0), "the program is nested too deeply")));
    }
  }

  /// Compiles a trusted library file: the body of a function of the kernel object `wf`.
  ///
  /// @throws IllegalArgumentException if it is not a legal function body
  public static CompiledScript compileLibrary(ScriptSource source) {
    var lines = new LineIndex(source.text());
    try {
      var program = ParsedProgram.parse(source.text(), false);
      return wrap(source, "{}", source.text(), program, LIBRARY_HEAD);
    } catch (ParserException e) {
      var where = lines.position(e.getPosition());
      throw new IllegalArgumentException(
          "library %s:%d:%d: %s"
              .formatted(source.name(), where.line(), where.column(), e.getRawMessage()),
          e);
    }
  }

  private static CompiledScript wrap(
      ScriptSource source, String meta, String body, ParsedProgram program, String head) {
    var edits = new Edits();
    edits.bracket(Edits.Kind.WRAPPER, 0, body.length(), head, TAIL);
    int[] sites = new FrameRewriter(body, program, edits).rewrite();
    var applied = edits.apply(body, source.text());
    return new CompiledScript(source.name(), meta, applied.text(), applied.map(), sites);
  }

  /// Parses the body. The grammar of function bodies knows no `export`, so each `export default` is
  /// where the parser stops; it becomes an assignment of equal length, and parsing starts over.
  private static ParsedProgram parse(StringBuilder body, LineIndex lines, Set<Integer> defaults) {
    while (true) {
      try {
        return ParsedProgram.parse(body.toString(), true);
      } catch (ParserException e) {
        int at = Math.clamp(e.getPosition(), 0, body.length());
        if (!replaceDefault(body, at, lines, defaults)) {
          throw FaultFound.at(lines.position(at), message(body, at, e));
        }
      }
    }
  }

  private static boolean replaceDefault(
      StringBuilder body, int at, LineIndex lines, Set<Integer> defaults) {
    var found = EXPORT_DEFAULT.matcher(body).region(at, body.length());
    if (!found.lookingAt()) {
      return false;
    }
    if (!defaults.isEmpty()) {
      throw FaultFound.at(lines.position(at), "a script has at most one `export default`");
    }
    if (DECLARATION.matcher(body).find(found.end())) {
      throw FaultFound.at(
          lines.position(at), "`export default` sets the result, which cannot be a function");
    }
    body.replace(at, found.start(1), "__wf_x");
    body.replace(found.end(1), found.end(), ".v    =");
    defaults.add(at);
    return true;
  }

  private static String message(StringBuilder body, int at, ParserException e) {
    if (startsWord(body, at, "export")) {
      return "only `export const meta` and `export default` may be exported";
    }
    if (startsWord(body, at, "import")) {
      return "`import` is not available: imports do not exist yet";
    }
    return e.getRawMessage();
  }

  private static boolean startsWord(StringBuilder body, int at, String word) {
    int end = at + word.length();
    return body.indexOf(word, at) == at
        && (end >= body.length() || !Character.isJavaIdentifierPart(body.charAt(end)));
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      text.setCharAt(i, ' ');
    }
  }
}
