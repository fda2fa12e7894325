package mimo.sandbox.compile;

import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.ExpressionStatement;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.VarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSize;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.CompiledScript.Parts;
import mimo.sandbox.compile.CompiledScript.Role;
import org.jspecify.annotations.Nullable;

/// Compiles scripts, text to text. Nothing runs.
///
/// The whole program is parsed before any wrapping, as what it is: the body of a strict async
/// function. Text that only the wrapper would make legal is thus refused.
public final class ScriptCompiler {

  /// The helpers a compiled body takes: restore, enter, await, iterate, clean, the exports of an
  /// imported file, and what the file exports itself.
  private static final String HELPERS = "(__wf_r,__wf_e,__wf_a,__wf_i,__wf_k,__wf_m,__wf_x)=>{";

  private static final String SCRIPT_HEAD =
      "\"use strict\";(async" + HELPERS + "const __wf_c=__wf_e();";

  private static final String MODULE_HEAD = "\"use strict\";(" + HELPERS;

  private static final String LIBRARY_HEAD =
      "(function(wf,__wf_r,__wf_e,__wf_a,__wf_i,__wf_k){\"use strict\";";
  private static final String TAIL = "\n})";

  private static final Pattern EXPORT_DEFAULT =
      Pattern.compile("export((?:\\s|//[^\\n\\r]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)++)default\\b");

  private static final Pattern IMPORT_META = Pattern.compile("import\\s*+\\.");

  private static final String GAP = "(?:\\s|//[^\\n\\r]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+";

  /// A declaration: what it begins with, and its name if it has one.
  private static final Pattern DECLARATION =
      Pattern.compile(
          GAP
              + "((?:async[ \\t]+)?+function|class)\\b"
              + GAP
              + "([*]|[\\p{L}\\p{Nl}_$][\\p{L}\\p{Nl}\\p{M}\\p{N}_$]*+)?");

  /// What a main function is called that has no name of its own.
  private static final String MAIN = "__wf_d";

  private final int maxBytes;

  public ScriptCompiler(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// What compiling came to.
  public sealed interface Outcome {
    record Accepted(CompiledScript script) implements Outcome {}

    /// @param faults the first ones: a file can have more than a frame could carry
    record Refused(List<ScriptFault> faults) implements Outcome {

      private static final int MOST_FAULTS = 100;

      public Refused {
        faults = faults.stream().limit(MOST_FAULTS).toList();
      }
    }
  }

  /// Compiles a script: `meta`, imports, body.
  public Outcome compile(ScriptSource source) {
    return guarded(
        source,
        lines ->
            switch (MetaReader.read(source)) {
              case MetaReader.Reading.Faulty(var fault) -> new Outcome.Refused(List.of(fault));
              case MetaReader.Reading.Found found -> script(source, found, lines);
            });
  }

  /// Compiles a file that a script imports: a module without `meta` that runs at one stretch.
  public Outcome compileModule(ScriptSource source) {
    return guarded(source, lines -> ModuleCompiler.compile(source, lines, MODULE_HEAD, TAIL));
  }

  private Outcome guarded(ScriptSource source, Function<LineIndex, Outcome> compiling) {
    var oversized = ScriptSize.fault(source, maxBytes);
    if (oversized != null) {
      return new Outcome.Refused(List.of(oversized));
    }
    var lines = new LineIndex(source.text());
    try {
      return compiling.apply(lines);
    } catch (FaultFound found) {
      return new Outcome.Refused(List.of(found.fault()));
    } catch (AssertionError broken) {
      // The parser asserts what some texts break. Where assertions are off, as in a worker, it goes
      // on, and what is wrong is found later.
      return new Outcome.Refused(
          List.of(FaultFound.fault(lines.position(0), "the program cannot be parsed")));
    } catch (StackOverflowError e) {
      // The parser recurses with the nesting of the text, and hostile text nests without end.
      return new Outcome.Refused(
          List.of(FaultFound.fault(lines.position(0), "the program is nested too deeply")));
    }
  }

  private static Outcome script(
      ScriptSource source, MetaReader.Reading.Found meta, LineIndex lines) {
    var body = new StringBuilder(source.text());
    Statements.blank(body, 0, meta.program());
    Statements.blank(body, meta.export(), meta.export() + "export".length());
    var edits = new Edits();
    var imports = new Imports(lines);
    takeImports(body, meta.end(), lines, imports, edits);
    var defaults = new Defaults();
    var program = parse(body, lines, defaults);
    var faults = new ArrayList<>(imports.faults());
    faults.addAll(ForbiddenSyntax.find(program, lines, defaults.marks));
    if (!faults.isEmpty()) {
      return new Outcome.Refused(faults);
    }
    var free = FreeNames.of(program, imports.locals());
    var parts =
        new Parts(
            meta.json(),
            imports.files(),
            imports.wanted(),
            Set.of(),
            List.of(),
            free.names(lines),
            SchemaLiterals.find(program, body.toString(), lines, imports.locals()),
            AgentOptionNames.find(program, lines, imports.locals()),
            free.scripts(lines));
    edits.bracket(Edits.Kind.WRAPPER, 0, body.length(), SCRIPT_HEAD + defaults.main, TAIL);
    var main = defaults.mainOf(program);
    int[] sites = new FrameRewriter(body.toString(), program, main, edits).rewrite();
    var applied = edits.apply(body.toString(), source.text());
    return new Outcome.Accepted(
        new CompiledScript(source.name(), Role.SCRIPT, parts, applied, sites));
  }

  /// The grammar of function bodies knows no imports: the head is read as a module of its own.
  private static void takeImports(
      StringBuilder body, int from, LineIndex lines, Imports imports, Edits edits) {
    int end = ImportHead.end(body.toString(), from);
    if (end == from) {
      return;
    }
    var head = new StringBuilder(body.substring(0, end));
    Statements.blank(head, 0, from);
    try {
      imports.take(ParsedProgram.parseModule(head.toString()).root(), body, edits);
    } catch (ParserException e) {
      throw FaultFound.at(
          lines.position(Math.clamp(e.getPosition(), from, end)), e.getRawMessage());
    }
  }

  /// Compiles a trusted library file: the body of a function of the kernel object `wf`.
  ///
  /// @throws IllegalArgumentException if it is not a legal function body
  public static CompiledScript compileLibrary(ScriptSource source) {
    var lines = new LineIndex(source.text());
    try {
      var program = ParsedProgram.parse(source.text(), false);
      var edits = new Edits();
      edits.bracket(Edits.Kind.WRAPPER, 0, source.text().length(), LIBRARY_HEAD, TAIL);
      int[] sites = new FrameRewriter(source.text(), program, edits).rewrite();
      var applied = edits.apply(source.text(), source.text());
      return new CompiledScript(source.name(), Role.LIBRARY, Parts.NONE, applied, sites);
    } catch (ParserException e) {
      var where = lines.position(e.getPosition());
      throw new IllegalArgumentException(
          "library %s:%d:%d: %s"
              .formatted(source.name(), where.line(), where.column(), e.getRawMessage()),
          e);
    }
  }

  /// The `export default` of a body, which has one at most.
  private static final class Defaults {

    /// Where it has left a name that says what stands there: to where it stood.
    final Map<Integer, Integer> marks = new HashMap<>();

    /// What sets the main function before anything runs, as declarations do; else empty.
    String main = "";

    @Nullable FunctionNode mainOf(ParsedProgram program) {
      for (var statement : program.root().getBody().getStatements()) {
        if (statement instanceof VarNode declared
            && marks.containsKey(declared.getName().getStart())
            && declared.getInit() instanceof FunctionNode function) {
          return function;
        }
        if (statement instanceof ExpressionStatement assigned
            && marks.containsKey(assigned.getStart())
            && assigned.getExpression() instanceof BinaryNode pair
            && pair.getRhs() instanceof FunctionNode function) {
          return function;
        }
      }
      return null;
    }
  }

  /// Parses the body. The grammar of function bodies knows no `export`, so each `export default` is
  /// where the parser stops; it becomes an assignment of equal length, or that of a function the
  /// function itself, and parsing starts over.
  private static ParsedProgram parse(StringBuilder body, LineIndex lines, Defaults defaults) {
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
      StringBuilder body, int at, LineIndex lines, Defaults defaults) {
    var found = EXPORT_DEFAULT.matcher(body).region(at, body.length());
    if (!found.lookingAt()) {
      return false;
    }
    if (!defaults.marks.isEmpty()) {
      throw FaultFound.at(lines.position(at), "a script has at most one `export default`");
    }
    var declaration = DECLARATION.matcher(body).region(found.end(), body.length());
    if (declaration.lookingAt()) {
      takeMain(body, at, declaration.toMatchResult(), lines, defaults);
      return true;
    }
    body.replace(at, found.start(1), "__wf_x");
    body.replace(found.end(1), found.end(), ".v    =");
    defaults.marks.put(at, at);
    return true;
  }

  /// A function stays the declaration it is: it may stand anywhere, and nothing goes on behind it.
  /// One without a name gets one in the place of `export default`.
  private static void takeMain(
      StringBuilder body, int at, MatchResult declaration, LineIndex lines, Defaults defaults) {
    var head = declaration.group(1);
    @Nullable String name = declaration.group(2);
    if (head.equals("class") || "*".equals(name)) {
      throw FaultFound.at(
          lines.position(at),
          "`export default` sets the result, which cannot be a class or a generator");
    }
    int end = declaration.end(1);
    boolean oneLine = body.substring(at, end).lines().count() == 1;
    if (name == null && !oneLine) {
      throw FaultFound.at(
          lines.position(at), "`export default function` without a name stands on one line");
    }
    if (name == null) {
      var named = head + " " + MAIN;
      body.replace(at, end, named + " ".repeat(end - at - named.length()));
      defaults.marks.put(at + head.length() + 1, at);
    } else {
      Statements.blank(body, at, declaration.start(1));
      defaults.marks.put(declaration.start(2), at);
    }
    defaults.main = "__wf_x.v=" + (name == null ? MAIN : name) + ";";
  }

  private static String message(StringBuilder body, int at, ParserException e) {
    if (startsWord(body, at, "export")) {
      return "only `export const meta` and `export default` may be exported";
    }
    if (IMPORT_META.matcher(body).region(at, body.length()).lookingAt()) {
      return ForbiddenSyntax.NO_IMPORT_META;
    }
    if (startsWord(body, at, "import")) {
      return "imports stand right after `meta`, before anything else";
    }
    return e.getRawMessage();
  }

  private static boolean startsWord(StringBuilder body, int at, String word) {
    int end = at + word.length();
    return body.indexOf(word, at) == at
        && (end >= body.length() || !Character.isJavaIdentifierPart(body.charAt(end)));
  }
}
