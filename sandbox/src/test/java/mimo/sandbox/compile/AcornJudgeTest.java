package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.MetaReader.Reading.Found;
import mimo.sandbox.compile.ScriptCompiler.Outcome;
import mimo.sandbox.testing.ScriptDriver;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our parser is internal to the script engine; acorn says whether it is right (L9, L122, C66).
class AcornJudgeTest {

  private static final String META = "export const meta = {name: 't', description: 'd'};\n";

  private static final int MUTANTS = 400;

  private static final Pattern FENCE = Pattern.compile("(?s)```js\\n(.*?)```");
  private static final Pattern MODULE = Pattern.compile("(?m)^\\s*(?:im|ex)port\\b");
  private static final Pattern TOKEN = Pattern.compile("\\s+|[\\w$]+|=>|\\.\\.\\.|[^\\w\\s$]");

  /// Texts that end the wrapper, and such as only a careless parser takes.
  private static final List<String> NO_PROGRAMS =
      List.of(
          "} ; {",
          "}); (async () => {",
          "\n}); (async()=>{",
          "}, async () => {",
          "}) + (() => {",
          "/*",
          "`",
          "'",
          "// the end\u2028}",
          "return } {",
          "})//",
          "})/*",
          "*/",
          "<!-- }",
          "function f() {",
          "if (1) {",
          "}",
          "{",
          ")",
          "(",
          "=> {",
          "yield 1",
          "super.x",
          "super()",
          "new.target",
          "with (a) {}",
          "var await",
          "let let = 1",
          "delete name",
          "010",
          "'\\01'",
          "arguments = 1",
          "eval = 1",
          "break",
          "continue",
          "a: a: ;",
          "let a; let a",
          "let a; var a",
          "const a",
          "for (let a of b, c) ;",
          "for (const a = 1 of b) ;",
          "async () => { for await (x in y); }",
          "({a: 1, get b(c) {}})",
          "class A { constructor() {} constructor() {} }",
          "class A { #a; #a }",
          "class A extends B { f() { super() } }",
          "x.#y",
          "({a = 1})",
          "[...a, b] = c",
          "a ?? b || c",
          "-1 ** 2",
          "a?.b = 1",
          "a?.`b`",
          "new a?.b()",
          "import.meta",
          "/[/",
          "/(?<a>.)(?<a>.)/",
          "/a/gg",
          "1_",
          "1__0",
          "0b2",
          "3in []",
          "'\\u{110000}'",
          "function f(a, a) {}",
          "(a, a) => 1",
          "function f(a = 1) { 'use strict' }",
          "({ __proto__: 1, __proto__: 2 })",
          "try {} ",
          "switch (1) { case 1: let a; case 2: let a }",
          "if (1) function f() {}",
          "label: function f() {}",
          "while (1) function f() {}",
          "async function f() { function await() {} }",
          "function* g() { yield\n* 2 }",
          "throw\n1",
          "enum A {}",
          "interface A {}",
          "a\n++\nb",
          "`${`",
          "'a\nb'");

  private static Acorn acorn;
  private static Context engine;

  @BeforeAll
  static void opensTwoRealms() throws IOException {
    acorn = new Acorn();
    engine =
        Context.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .option("js.ecmascript-version", "2025")
            .build();
  }

  @AfterAll
  static void closesThem() {
    acorn.close();
    engine.close(true);
  }

  /// What we say of a body: the message of a refusal, or nothing.
  private static String refusal(String body) {
    return switch (compiled(body)) {
      case Outcome.Refused(var faults) -> faults.getFirst().message();
      case Outcome.Accepted(var script) -> {
        try {
          engine.parse(Source.newBuilder("js", script.text(), "s").cached(false).buildLiteral());
          yield "";
        } catch (PolyglotException e) {
          yield String.valueOf(e.getMessage());
        }
      }
    };
  }

  private static Outcome compiled(String body) {
    return new ScriptCompiler(512 * 1024).compile(new ScriptSource("s.js", META + body));
  }

  private static String disagreement(String body) throws IOException {
    var theirs = acorn.body(body).refusal();
    var ours = refusal(body);
    return theirs.isEmpty() == ours.isEmpty()
        ? ""
        : "%n  acorn: %s%n  we: %s%n  text: %s".formatted(said(theirs), said(ours), body);
  }

  private static String said(String refusal) {
    return refusal.isEmpty() ? "legal" : refusal;
  }

  /// Legal programs that use much of the language.
  private static List<String> snippets() {
    return Stream.of("battery.js", "frozen-walk.js", "permit-walk.js", "library.js")
        .flatMap(name -> Stream.of(ScriptDriver.resource("/mimo/sandbox/" + name).split("\n\n")))
        .filter(text -> refusal(text).isEmpty())
        .toList();
  }

  /// Every script that lies in the repository, and those in its documents; those that are attacks
  /// too.
  private static Map<String, String> scriptsOfTheRepository() throws IOException {
    var scripts = new TreeMap<String, String>();
    try (var files = Files.walk(Path.of("..").toRealPath())) {
      for (var file : files.filter(AcornJudgeTest::isSource).toList()) {
        var name = file.toString();
        if (name.endsWith(".js") || name.endsWith(".mjs")) {
          scripts.put(name, Files.readString(file));
        } else if (name.endsWith(".md")) {
          FENCE
              .matcher(Files.readString(file))
              .results()
              .forEach(block -> scripts.put(name + ":" + block.start(), block.group(1)));
        }
      }
    }
    return scripts;
  }

  private static boolean isSource(Path file) {
    return Files.isRegularFile(file)
        && Stream.of("target", "node_modules", ".git")
            .noneMatch(folder -> file.toString().contains("/" + folder + "/"));
  }

  /// The script without its `meta`, which is no part of the body.
  private static String body(String script) {
    if (!(MetaReader.read(new ScriptSource("s.js", script)) instanceof Found found)) {
      return script;
    }
    var body = new StringBuilder(script);
    Statements.blank(body, 0, found.end());
    return body.toString();
  }

  @Test
  void agreesOnEveryScriptOfTheRepository() throws IOException {
    var disagreements = new ArrayList<String>();
    int judged = 0;
    int refused = 0;
    for (var script : scriptsOfTheRepository().entrySet()) {
      var text = body(script.getValue());
      if (!MODULE.matcher(text).find() && !ownRule(refusal(text))) {
        judged++;
        refused += refusal(text).isEmpty() ? 0 : 1;
        var disagreement = disagreement(text);
        if (!disagreement.isEmpty()) {
          disagreements.add(script.getKey() + disagreement);
        }
      }
    }

    assertEquals(List.of(), disagreements);
    assertTrue(judged > 200 && refused > 10, judged + " judged, " + refused + " refused");
  }

  /// Refusals that come from the rules for scripts, not from the language.
  private static boolean ownRule(String refusal) {
    return Stream.of(" is not available", " is reserved: ", "nested too deeply")
        .anyMatch(refusal::contains);
  }

  static List<String> noPrograms() {
    return NO_PROGRAMS;
  }

  @ParameterizedTest
  @MethodSource("noPrograms")
  void agreesOnWhatIsNoProgram(String body) throws IOException { // C05, C66
    assertEquals("", disagreement(body));
  }

  @Test
  void agreesOnProgramsWithOneMistake() throws IOException { // C66
    long seed = 20261122;
    var random = new Random(seed);
    var snippets = snippets();
    int legal = 0;
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutant(snippets.get(random.nextInt(snippets.size())), random);
      legal += refusal(mutant).isEmpty() ? 1 : 0;
      assertEquals("", disagreement(mutant), "seed " + seed + ", mutant " + i);
    }

    assertTrue(legal > MUTANTS / 5 && legal < MUTANTS, legal + " are legal");
  }

  /// The text with one token left out, doubled, or replaced by another of its own.
  private static String mutant(String text, Random random) {
    var tokens = new ArrayList<String>();
    TOKEN.matcher(text).results().forEach(token -> tokens.add(token.group()));
    int at = random.nextInt(tokens.size());
    var other = tokens.get(random.nextInt(tokens.size()));
    switch (random.nextInt(4)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, other);
      case 2 -> tokens.set(at, other);
      default -> tokens.add(at, tokens.get(at));
    }
    return String.join("", tokens);
  }

  @Test
  void seesTheSameStatements() throws IOException { // C66
    for (var text : snippets()) {
      var ours = new TreeSet<Integer>();
      for (var statement : ParsedProgram.parse(text, true).root().getBody().getStatements()) {
        ours.add(statement.getStart());
      }

      for (int start : acorn.body(text).statements()) {
        assertTrue(ours.contains(start), "no statement begins at " + start + " of\n" + text);
      }
    }
  }

  @Test
  void everyAwaitIsRewrittenWhereItStands() throws IOException { // L126, L127, C66
    int count = 0;
    for (var text : snippets()) {
      var script = ((Outcome.Accepted) compiled(text)).script();
      var running = new LineIndex(script.text());
      var written = new LineIndex(META + text);

      var theirs = acorn.body(text).awaits();
      var ours = acorn.function(script.text()).awaits();

      assertEquals(
          theirs.stream().map(at -> written.position(META.length() + at)).toList(),
          ours.stream()
              .map(running::position)
              .map(at -> script.written(at.line(), at.column()))
              .toList());
      count += ours.size();
    }
    assertTrue(count > 100, "only " + count + " awaits");
  }
}
