package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.sandbox.Compilation.Rejected;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.ScriptDriver.Outcome;
import org.junit.jupiter.api.Test;

/// What imports mean, in a process or not (L13–L15, C12, C13).
abstract class ImportContract {

  private static final String META = "export const meta = {name: 't', description: 'd'}\n";

  abstract Sandbox open(SandboxLimits limits) throws Exception;

  private Sandbox open() throws Exception {
    return open(SandboxLimits.defaults());
  }

  /// Files by path; the script itself is `main.js`.
  private record Files(Map<String, String> texts) implements ImportedFiles {

    static Files of(String... pathsAndTexts) {
      var texts = new LinkedHashMap<String, String>();
      for (int i = 0; i < pathsAndTexts.length; i += 2) {
        texts.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
      }
      return new Files(texts);
    }

    @Override
    public Found find(ScriptSource importer, String specifier) {
      var path = Path.of(importer.name()).resolveSibling(specifier).normalize().toString();
      var text = texts.get(path);
      return text == null
          ? new Found.Refused("script_missing", "there is no file " + path)
          : new Found.File(new ScriptSource(path, text));
    }
  }

  private Outcome run(String body, Files files) throws Exception {
    try (var sandbox = open()) {
      return new ScriptDriver(sandbox).run(new ScriptSource("main.js", META + body), files);
    }
  }

  private List<ScriptFault> faults(String body, Files files) throws Exception {
    try (var sandbox = open()) {
      var compilation = sandbox.compile(new ScriptSource("main.js", META + body), files);
      return compilation instanceof Rejected(var faults) ? faults : List.of();
    }
  }

  private static ScriptFault fault(String file, int line, int column, String message) {
    return new ScriptFault("script_invalid", "SyntaxError", message, line, column, "", file);
  }

  private static ScriptFault importFault(String code, int line, String message) {
    return new ScriptFault(code, "ImportError", message, line, 1, "", "");
  }

  @Test
  void everyFormOfImportFindsEveryFormOfExport() throws Exception { // L13
    var outcome =
        run(
            """
            import whole, {one, two as zwei, "three " as three} from './lib/a.js';
            import * as all from "./lib/a.js"; // a comment
            import {default as whole2} from './lib/a.js'
            import './lib/effect.js';
            return [whole(), one, zwei, three, whole === whole2, Object.keys(all).sort(),
              all[Symbol.toStringTag] ?? 'none', new all.Klass().kind, all.later(), all.count,
              all.deep.fromC, all.fromD];
            """,
            Files.of(
                "lib/a.js",
                """
                #!/usr/bin/env node
                import {fromC as c} from '../c.mjs'
                export const one = 1, {b: [two]} = {b: [2]}
                const drei = 3
                export {drei as "three ", c as fromC}
                export default function () { return 'whole' }
                export class Klass { kind = 'klass' }
                export let count = 0
                export async function wait() { await null }
                export function later() { count++; return 'later' }
                export * as deep from '../c.mjs'
                export * from './d.js'
                """,
                "c.mjs",
                "export const fromC = 'c'",
                "lib/d.js",
                "export const fromD = 'd'; export default 'hidden'",
                "lib/effect.js",
                "export {};"));

    assertEquals(
        "[\"whole\",1,2,3,true,[\"Klass\",\"count\",\"deep\",\"default\",\"fromC\",\"fromD\","
            + "\"later\",\"one\",\"three \",\"two\",\"wait\"],"
            + "\"none\",\"klass\",\"later\",1,\"c\",\"d\"]",
        outcome.value());
  }

  @Test
  void anExportMayHaveAnyTextAsItsName() throws Exception { // L13
    var name = "\"say \\\"hi\\\" \\\\ \\u0007 \u00e9\"";

    var outcome =
        run(
            "import {" + name + " as said} from './\\x61.js';;\nreturn said",
            Files.of("a.js", "const a = 'x';\nexport {a as " + name + "}"));

    assertEquals("\"x\"", outcome.value());
  }

  @Test
  void defaultExportsMayBeAnything() throws Exception { // L13
    for (var form :
        List.of(
            "export default 'x' + 1",
            "export default ['x1'][0]",
            "const x = 'x1'; export default x",
            "const x = 'x1'; export {x as default}")) {
      var outcome = run("import x from './a.js'; return x", Files.of("a.js", form));

      assertEquals("\"x1\"", outcome.value(), form);
    }
    for (var form :
        List.of(
            "export default function named() { return 'x1' }\nnamed()",
            "export default async function named() { return 'x1' }",
            "export default class { static call() {} }\n(1)",
            "export default () => 'x1'",
            "export default (function () { return 'x1' })")) {
      var outcome = run("import x from './a.js'; return typeof x", Files.of("a.js", form));

      assertEquals("\"function\"", outcome.value(), form);
    }
  }

  @Test
  void eachFileRunsOnceBeforeTheBodyAndInOrder() throws Exception { // L15
    var outcome =
        run(
            """
            import './b.js'
            import './a.js'
            log('body')
            """,
            Files.of(
                "a.js", "import './c.js'\nlog('a')",
                "b.js", "import './a.js'\nimport './c.js'\nlog('b')",
                "c.js", "log('c')"));

    assertEquals(
        List.of("c", "a", "b", "body"),
        outcome.notes().stream()
            .map(note -> note.arguments().replaceAll(".*\\[\"(.*)\"\\].*", "$1"))
            .toList());
  }

  @Test
  void importedFunctionsAskAsTheScriptDoes() throws Exception { // L15, L125
    var outcome =
        run(
            "import {review} from './lib.js';\nreturn await review('x')",
            Files.of(
                "lib.js",
                """
                export async function review(what) {
                  await null;
                  return await agent('review ' + what);
                }
                """));

    assertEquals("\"answer 1\"", outcome.value());
    assertEquals(new Position(3, 16, "lib.js"), outcome.calls().getFirst().position());
  }

  @Test
  void errorsNameTheImportedFile() throws Exception { // L112
    var outcome =
        run(
            "import {f} from './lib.js';\nf()",
            Files.of("lib.js", "export function f() {\n  throw new Error('no')\n}"));

    assertEquals(
        new ScriptFault(
            "script_error",
            "Error",
            "no",
            2,
            9,
            "    at f (lib.js:2:9)\n    at main.js:3:1",
            "lib.js"),
        outcome.fault());
  }

  @Test
  void aCallThatFailsNamesTheImportedFileItStandsIn() throws Exception { // L112
    var files = Files.of("lib.js", "export async function ask() {\n  return await agent('p')\n}");
    try (var sandbox = open(SandboxLimits.defaults())) {
      var outcome =
          new ScriptDriver(sandbox)
              .answers(_ -> ScriptDriver.rejected("agent_failed", "no answer"))
              .run(
                  new ScriptSource("main.js", META + "import {ask} from './lib.js'\nawait ask()"),
                  files);

      var fault = outcome.fault();
      assertEquals(
          "agent_failed: no answer at lib.js:2:16",
          "%s: %s at %s:%d:%d"
              .formatted(
                  fault.code(), fault.message(), fault.file(), fault.line(), fault.column()));
    }
  }

  @Test
  void aScriptImportsNoMoreFilesThanItMay() throws Exception { // L13
    var limits =
        SandboxLimits.defaults()
            .withValues(v ->
                new SandboxLimits.Values(
                    v.sourceBytes(),
                    v.valueBytes(),
                    v.valueDepth(),
                    v.stackBytes(),
                    v.tagBytes(),
                    v.pathChars(),
                    v.segmentChars(),
                    2));
    var files = Files.of("a.js", "import './b.js'", "b.js", "", "c.js", "");
    try (var sandbox = open(limits)) {
      var source =
          new ScriptSource("main.js", META + "import './a.js'\nimport './b.js'\nimport './c.js'");

      assertEquals(
          new Rejected(
              List.of(importFault("script_invalid", 4, "a script may import 2 files at most"))),
          sandbox.compile(source, files));
    }
  }

  @Test
  void aFileThatThrowsEndsTheRunBeforeTheBody() throws Exception { // L15
    var outcome = run("import './a.js'\nlog('body')", Files.of("a.js", "\nnull.x"));

    assertEquals(List.of(), outcome.notes());
    assertEquals("lib a.js:2", "lib " + outcome.fault().file() + ":" + outcome.fault().line());
  }

  @Test
  void importsInACircleAreRefused() throws Exception { // L15
    var files =
        Files.of(
            "a.js", "import './b.js'",
            "b.js", "import './a.js'",
            "self.js", "import './self.js'",
            "main.js", "");

    assertEquals(
        "imports in a circle: a.js → b.js → a.js",
        faults("import './a.js'", files).getFirst().message());
    assertEquals(
        "imports in a circle: self.js → self.js",
        faults("import './self.js'", files).getFirst().message());
    assertEquals(
        List.of(importFault("script_invalid", 2, "imports in a circle: main.js → main.js")),
        faults("import './main.js'", files));
  }

  @Test
  void everyFaultOfEveryFileIsTold() throws Exception { // L13, L115
    assertEquals(
        List.of(
            importFault("script_missing", 2, "there is no file gone.js"),
            fault("bad.js", 1, 7, "expected BindingIdentifier or BindingPattern"),
            fault("waits.js", 2, 1, "an imported file cannot await outside a function"),
            fault(
                "meta.js",
                1,
                1,
                "an imported file has no `meta`: only the script that is started has one"),
            fault("returns.js", 1, 1, "Invalid return statement")),
        faults(
            """
            import './gone.js'
            import './bad.js'
            import './waits.js'
            import './meta.js'
            import './returns.js'
            """,
            Files.of(
                "bad.js", "const = 1",
                "waits.js", "\nawait 1",
                "meta.js", "export const meta = {}",
                "returns.js", "return 1")));
  }

  @Test
  void aNameThatIsNotExportedIsRefusedBeforeAnythingRuns() throws Exception { // L13
    assertEquals(
        List.of(
            fault("lib.js", 1, 1, "low.js exports no `deep`"),
            fault("", 2, 13, "lib.js exports no `two`"),
            fault("", 2, 29, "lib.js exports no `default`")),
        faults(
            "import {one,two, default as all} from './lib.js'",
            Files.of(
                "lib.js", "export {deep as one} from './low.js'",
                "low.js", "")));
  }

  @Test
  void otherImportsAreRefused() throws Exception { // L13, C12
    var relative =
        " cannot be imported: an import names a file by ./ or ../, and ends in .js, .mjs or .ts";

    assertEquals(
        List.of(fault("", 2, 1, "'fs'" + relative), fault("", 3, 1, "'./a'" + relative)),
        faults("import 'fs'\nimport './a'\n", Files.of()));
    assertEquals(
        List.of(fault("", 2, 24, "\"with\" statement cannot be used in strict mode")),
        faults("import x from './a.js' with {type: 'json'}", Files.of()));
    assertEquals(
        List.of(fault("", 3, 1, "imports stand right after `meta`, before anything else")),
        faults("log(1)\nimport './a.js'", Files.of("a.js", "")));
    assertTrue(
        faults("import './a.js'\nawait import('./a.js')", Files.of("a.js", ""))
            .getFirst()
            .message()
            .startsWith("`import()` is not available"));
    assertTrue(
        faults("import './a.js'", Files.of("a.js", "require('fs')"))
            .getFirst()
            .message()
            .startsWith("`require()` is not available"));
  }

  @Test
  void anImportedNameCannotBeDeclaredAgainNorAssigned() throws Exception { // L13
    assertEquals(
        1, faults("import {a} from './a.js'\nlet a", Files.of("a.js", "export let a")).size());
    assertEquals(
        "TypeError",
        run("import {a} from './a.js'\na = 1", Files.of("a.js", "export let a")).fault().name());
    assertEquals(
        "TypeError",
        run("import * as a from './a.js'\na.b = 1", Files.of("a.js", "export let b"))
            .fault()
            .name());
  }

  @Test
  void anImportTakesNothingFromWhatSurroundsIt() throws Exception { // L13
    var outcome =
        run(
            """
            import {a} from './a.js'
            (async () => {})()
            return [a]
            """,
            Files.of("a.js", "const x = 1\nexport {x as a}\n(0, x)\nexport const __proto__ = 1"));

    assertEquals("[1]", outcome.value());
  }
}
