package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Accepted;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Refused;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptCompilerTest {

  private static final String META = "export const meta = {};\n";
  private static final String HEAD =
      "\"use strict\";(async(__wf_r,__wf_e,__wf_a,__wf_i,__wf_k,__wf_m,__wf_x)=>"
          + "{const __wf_c=__wf_e();       const meta = {};\n";

  private static ScriptCompiler.Outcome compile(String body) {
    return new ScriptCompiler(512 * 1024).compile(new ScriptSource("s.js", META + body));
  }

  private static CompiledScript accepted(String body) {
    return compile(body) instanceof Accepted(var script)
        ? script
        : throwing("refused: " + compile(body));
  }

  private static CompiledScript throwing(String message) {
    throw new AssertionError(message);
  }

  /// The rewritten body without the wrapper.
  private static String rewritten(String body) {
    String text = accepted(body).text();
    assertTrue(text.startsWith(HEAD) && text.endsWith("\n})"), text);
    return text.substring(HEAD.length(), text.length() - "\n})".length());
  }

  private static List<ScriptFault> refused(String body) {
    return compile(body) instanceof Refused(var faults) ? faults : List.of();
  }

  private static List<ScriptFault> fault(int line, int column, String message) {
    return List.of(new ScriptFault("script_invalid", "SyntaxError", message, line, column, ""));
  }

  @Test
  void restoresTheFrameAfterEachAwait() { // L126
    assertEquals(
        "const x = (__wf_r(__wf_c,await __wf_a(__wf_c, (y),0)));",
        rewritten("const x = (await (y));"));
    assertEquals(
        "async()=>{const __wf_c=__wf_e();return __wf_r(__wf_c,await __wf_a(__wf_c, 1))}",
        rewritten("async()=>await 1"));
    assertEquals(
        "async function f({a},b=2){const __wf_c=__wf_e();"
            + "return __wf_r(__wf_c,await __wf_a(__wf_c, __wf_r(__wf_c,await __wf_a(__wf_c, a))))}",
        rewritten("async function f({a},b=2){return await await a}"));
  }

  @Test
  void leavesFunctionsAloneThatNeverWait() { // L126
    assertEquals(
        "async()=>1; function g(){try{}finally{}} function*h(){yield 1}",
        rewritten("async()=>1; function g(){try{}finally{}} function*h(){yield 1}"));
  }

  @Test
  void restoresTheFrameInCatchAndFinally() { // L126
    assertEquals(
        "try{__wf_r(__wf_c,await __wf_a(__wf_c, 1,0))}"
            + "catch(e){__wf_r(__wf_c);__wf_k(e);}finally{__wf_r(__wf_c);}",
        rewritten("try{await 1}catch(e){}finally{}"));
    assertEquals("try{}catch{__wf_r(__wf_c);}", rewritten("try{}catch{}"));
    assertEquals("try{}catch({a}){__wf_r(__wf_c);}", rewritten("try{}catch({a}){}"));
  }

  @Test
  void restoresTheFrameInAndAfterForAwait() { // L126
    assertEquals(
        "{a: b: for await(const x of __wf_i(__wf_c,y,0)){__wf_r(__wf_c);}__wf_r(__wf_c);}",
        rewritten("a: b: for await(const x of y){}"));
    assertEquals(
        "if(1){for await(const x of __wf_i(__wf_c,y,0)){__wf_r(__wf_c);f();}"
            + "__wf_r(__wf_c);}else g()",
        rewritten("if(1)for await(const x of y)f();else g()"));
    assertEquals(
        "{for await(const x of __wf_i(__wf_c,[y],0)){__wf_r(__wf_c);}__wf_r(__wf_c);}",
        rewritten("for await(const x of[y]){}"));
  }

  @Test
  void bracketsStandBehindTheQuoteThatEndsAText() { // L126
    assertEquals(
        "f(__wf_r(__wf_c,await __wf_a(__wf_c, t`a${1}b`,0)))", rewritten("f(await t`a${1}b`)"));
    assertEquals(
        "async()=>{const __wf_c=__wf_e();return t`${__wf_r(__wf_c,await __wf_a(__wf_c, 1))}`}",
        rewritten("async()=>t`${await 1}`"));
    for (String last : List.of("return 's'", "throw `t`", "z=t`${1}`", "for(const a of b)t`u`")) {
      assertEquals(
          "{for await(const x of __wf_i(__wf_c,t`y`,0)){__wf_r(__wf_c);"
              + last
              + "}__wf_r(__wf_c);}",
          rewritten("for await(const x of t`y`)" + last));
    }
    assertEquals(
        "{for await(const x of __wf_i(__wf_c,y,0)){__wf_r(__wf_c);}__wf_r(__wf_c);}`z`",
        rewritten("for await(const x of y){}`z`"));
  }

  @Test
  void bracketsStandBehindWhateverEndsALoop() { // L126
    for (String last :
        List.of(
            "while(q)t`u`",
            "do f();while(q)",
            "if(a)f();else t`u`",
            "if(a)t`u`",
            "if(a){}else{}",
            "l:t`u`",
            "l:{f()}",
            "for(;;)t`u`",
            "for(const a of b){}",
            "z=1  ;",
            "z=1\n;",
            "z=1",
            ";",
            "continue;",
            "var v=t`u`;",
            "throw e")) {
      assertEquals(
          "async()=>{const __wf_c=__wf_e();{for await(const x of __wf_i(__wf_c,y)){__wf_r(__wf_c);"
              + last
              + "}__wf_r(__wf_c);}}",
          rewritten("async()=>{for await(const x of y)" + last + "}"));
    }
  }

  @Test
  void aLoopMayEndWithTheFile() { // L126
    assertEquals(
        "{for await(const x of __wf_i(__wf_c,y,0)){__wf_r(__wf_c);z=1}__wf_r(__wf_c);} \n",
        rewritten("for await(const x of y)z=1 \n"));
  }

  @Test
  void theFrameIsTakenInTheBodyAndNotAmongTheParameters() { // L126
    assertEquals(
        "async function f({a}=b,...c){const __wf_c=__wf_e();"
            + "__wf_r(__wf_c,await __wf_a(__wf_c, a))}",
        rewritten("async function f({a}=b,...c){await a}"));
    assertEquals(
        "async(a=1)=>{const __wf_c=__wf_e();return __wf_r(__wf_c,await __wf_a(__wf_c, a))}",
        rewritten("async(a=1)=>await a"));
    assertEquals("function*g(a=1){yield a;yield*a}", rewritten("function*g(a=1){yield a;yield*a}"));
    assertEquals(
        "function f(){try{}catch({a}){}finally{}}",
        rewritten("function f(){try{}catch({a}){}finally{}}"));
    assertEquals(
        "function f(){try{}catch(e){__wf_k(e);}}", rewritten("function f(){try{}catch(e){}}"));
  }

  @Test
  void everyAwaitOfTheBodyHasItsNumber() { // L111
    var script = accepted("await a;\nfor await(const x of await b){}\nawait c");

    assertEquals(
        List.of(new Position(2, 1), new Position(3, 1), new Position(3, 22), new Position(4, 1)),
        IntStream.range(0, 4).mapToObj(script::site).toList());
    assertEquals(new Position(0, 0), script.site(4));
    assertEquals(new Position(0, 0), script.site(-1));
  }

  @Test
  void aBlockBehindNewIsABlock() { // L9
    assertEquals("throw new X(1)\n{let a}", rewritten("throw new X(1)\n{let a}"));
    assertEquals(1, refused("new X(1) {a: 1}").size());
  }

  @Test
  void restoresTheFrameAfterAsyncYields() { // L126
    assertEquals(
        "async function*g(){const __wf_c=__wf_e();__wf_r(__wf_c,yield);__wf_r(__wf_c,yield*x)}",
        rewritten("async function*g(){yield;yield*x}"));
  }

  @Test
  void addsNoLineAndLeadsEveryColumnBack() { // L127
    String body = ScriptDriver.resource("/mimo/sandbox/battery.js");
    var script = accepted(body);

    var written = (META + body).replace("export const", "       const").split("\n", -1);
    var running = script.text().split("\n", -1);
    assertEquals(written.length + 1, running.length, "one line for the end of the wrapper");
    for (int line = 0; line < written.length; line++) {
      everyIdentifierIsFound(script, line, written[line], running[line]);
    }
  }

  /// Walks both lines: what is no insertion must map to the same character.
  private static void everyIdentifierIsFound(
      CompiledScript script, int line, String written, String running) {
    for (int column = 0; column < running.length(); column++) {
      var position = script.written(line + 1, column + 1);

      assertEquals(line + 1, position.line());
      if (position.column() <= written.length()
          && !running.startsWith("__wf_", column)
          && running.substring(column).startsWith("agent(")) {
        assertTrue(written.startsWith("agent(", position.column() - 1), running);
      }
    }
  }

  @Test
  void positionsOutsideTheTextAreUnknown() {
    assertEquals(new Position(0, 0), accepted("1").written(99, 1));
    assertEquals(new Position(0, 0), accepted("1").site(0));
  }

  @Test
  void exportDefaultBecomesAnAssignmentOfEqualLength() { // L10
    assertEquals("__wf_x .v    = 1 + 2", rewritten("export default 1 + 2"));
    assertEquals("__wf_x /*c*/\n.v    =[1]", rewritten("export /*c*/\ndefault[1]"));
  }

  @Test
  void aMainFunctionStaysADeclaration() { // L10
    assertEquals(
        main("__wf_d", "async function __wf_d         (a) {}\n(1)"),
        accepted("export default async function (a) {}\n(1)").text());
    assertEquals(
        main("__wf_d", "function __wf_d        (){}"),
        accepted("export default function(){}").text());
    assertEquals(
        main("été", "                    \nfunction  été(){}"),
        accepted("export /*c*/ default\nfunction  été(){}").text());
  }

  private static String main(String name, String body) {
    return HEAD.replace("       const meta", "__wf_x.v=" + name + ";       const meta")
        + body
        + "\n})";
  }

  @Test
  void theAwaitsOfTheMainFunctionAreKnown() { // L10, L111
    for (var main : List.of("async function f() {\n", "async () => {\n", "async function () {\n")) {
      var script = accepted("export default " + main + "async () => { await 1 };\n await 2 }");

      assertEquals(new Position(4, 2), script.site(0));
      assertEquals(new Position(0, 0), script.site(1));
    }
  }

  @Test
  void refusesOtherExports() { // L10, L13
    String only = "only `export const meta` and `export default` may be exported";

    assertEquals(fault(2, 1, only), refused("export const a = 1;"));
    assertEquals(fault(3, 3, only), refused("\n  export {a};"));
    assertEquals(
        fault(3, 1, "a script has at most one `export default`"),
        refused("export default 1;\nexport default 2;"));
    String noResult = "`export default` sets the result, which cannot be a class or a generator";
    assertEquals(fault(2, 1, noResult), refused("export default class {}"));
    assertEquals(fault(2, 1, noResult), refused("export default function* f() {}"));
    assertEquals(
        fault(2, 1, "`export default function` without a name stands on one line"),
        refused("export\ndefault function () {}"));
    assertEquals(
        fault(2, 9, "`export default` must stand at the top of the file, not inside a block"),
        refused("if (1) {export default function f() {}}"));
    assertEquals(
        fault(2, 9, "`export default` must stand at the top of the file, not inside a block"),
        refused("if (1) {export default 1}"));
  }

  @Test
  void refusesImportsAndRequire() { // L13, C12
    String none =
        " is not available: a script imports by `import … from './file.js'`, right after `meta`";

    assertEquals(
        fault(3, 1, "imports stand right after `meta`, before anything else"),
        refused("f();\nimport a from './b.js';"));
    assertEquals(fault(2, 11, "`import()`" + none), refused("const a = import('b');"));
    assertEquals(fault(2, 1, "`import()`" + none), refused("import('b');"));
    assertEquals(fault(2, 1, "`import.meta`" + none), refused("import.meta.url;"));
    assertEquals(fault(2, 8, "`import.meta`" + none), refused("return import . meta"));
    assertEquals(fault(2, 5, "`require()`" + none), refused("f(  require('b'));"));
    assertEquals(List.of(), refused("const require = (x) => x; require('b');"));
  }

  @Test
  void wordsThatOnlyBeginOrLookLikeThoseAreTheirOwn() { // L10, L13
    assertEquals(List.of(), refused("const f = function () { return new.target };"));
    assertEquals(fault(2, 7, "Expected ; but found exported"), refused("let a exported"));
    assertEquals(
        fault(2, 7, "only `export const meta` and `export default` may be exported"),
        refused("let a export"));
  }

  @Test
  void wordsInTextsAndCommentsCauseNothing() { // L115
    assertEquals(
        List.of(),
        refused("agent('import x; require(1); export default __wf_r'); // export default 1"));
  }

  @Test
  void refusesReservedNamesHoweverTheyAreWritten() { // L127
    for (String body :
        List.of(
            "let __wf_a;",
            "\\u005f_wf_r(1)",
            "(__wf_z) => 1",
            "function __wf_f() {}",
            "__wf_l: for (;;) break __wf_l;",
            "class __wf_k {}",
            "({__wf_q} = {})",
            "try {} catch (__wf_e) {}")) {
      assertTrue(
          refused(body).getFirst().message().contains("names must not begin with `__wf_`"), body);
    }
  }

  @Test
  void refusesTextThatOnlyTheWrapperWouldMakeLegal() { // L9, S15, C05
    for (String body :
        List.of(
            "}); evil(); (async () => {",
            "} evil(); {",
            "return 1; /*",
            "`",
            "})(); (()=>{",
            "-->\n})",
            "'",
            "super.x",
            "break;",
            "with (a) {}",
            "let a; let a;",
            "delete x;",
            "010")) {
      assertEquals(1, refused(body).size(), body);
    }
  }

  @Test
  void tellsOfTheFirstFaultsWhereThereAreThousands() { // L115
    var faults = refused("require('a');\n".repeat(30_000));

    assertEquals(100, faults.size());
    assertEquals(101, faults.getLast().line());
  }

  @Test
  void refusesNestingThatWouldOverflowTheParser() { // S25 parse
    assertEquals(
        "the program is nested too deeply",
        refused("[".repeat(100_000) + "]".repeat(100_000)).getFirst().message());
  }

  @Test
  void typesAreNoJavaScript() { // L3
    assertEquals(
        "Missing assignment to constant \"a\"",
        refused("const a: number = 1").getFirst().message());
  }

  @Test
  void takesAFileOfTheFullSize() { // L1
    String body = "x".repeat(512 * 1024 - META.length() - 2);

    assertEquals(List.of(), refused("//" + body));
    assertEquals(
        "the file has 524289 bytes; at most 524288 are allowed",
        refused("//" + body + "x").getFirst().message());
  }

  @Test
  void neverThrowsWhateverTheText() { // S25 parse
    long seed = System.nanoTime();
    var random = new Random(seed);
    var pieces =
        List.of(
            "await ",
            "x",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "async ",
            "=>",
            "function ",
            "`",
            "${",
            "export default ",
            "import ",
            "/*",
            "*/",
            "//",
            "\n",
            "'",
            "\\u",
            "for await(",
            " of ",
            "yield ",
            "class ",
            "...",
            "=",
            ",",
            ";",
            "\uD800",
            "catch",
            "try{",
            "finally{",
            "1");
    for (int i = 0; i < 3000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }

      try {
        compile(text.toString());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", text " + text, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import {await} from './a.js'",
        "import {x, await} from './a.js'",
        "import {await, x} from './a.js'",
        "import {await x",
        "import {await //",
        "import {await 1} from './a.js'"
      })
  void noImportIsCalledAwait(String body) {
    var fault = refused(body).getFirst();

    assertEquals("script_invalid", fault.code());
  }

  @Test
  void anImportThatIsCalledAwaitElsewhereHasAnotherNameHere() {
    assertEquals(1, accepted("import {await as x} from './a.js'\nx();").imports());
  }

  @Test
  void aBrokenLibraryIsTheCallersMistake() {
    var mistake =
        assertThrows(
            IllegalArgumentException.class,
            () -> ScriptCompiler.compileLibrary(new ScriptSource("lib.js", "\n let let")));

    assertTrue(mistake.toString().contains("library lib.js:2:2: "), mistake.toString());
  }
}
