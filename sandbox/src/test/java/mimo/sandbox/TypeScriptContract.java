package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.sandbox.Compilation.Rejected;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.ScriptDriver.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What scripts in TypeScript mean, in a process or not (L3, C06, C07).
abstract class TypeScriptContract {

  static final String META = "export const meta = {name: 't', description: 'd'}\n";

  abstract Sandbox open() throws Exception;

  private Outcome run(String body) throws Exception {
    try (var sandbox = open()) {
      return new ScriptDriver(sandbox).run(new ScriptSource("main.ts", META + body));
    }
  }

  private Outcome run(String body, Map<String, String> files) throws Exception {
    ImportedFiles found =
        (importer, specifier) -> {
          var name = specifier.substring("./".length());
          return new ImportedFiles.Found.File(new ScriptSource(name, files.getOrDefault(name, "")));
        };
    try (var sandbox = open()) {
      return new ScriptDriver(sandbox).run(new ScriptSource("main.ts", META + body), found);
    }
  }

  private List<ScriptFault> faults(String name, String text) throws Exception {
    try (var sandbox = open()) {
      return sandbox.compile(new ScriptSource(name, text)) instanceof Rejected(var faults)
          ? faults
          : List.of();
    }
  }

  /// Remembers in memory, and what it was asked for.
  private static final class Memory implements ErasedTexts {

    private final Map<String, String> texts = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    @Override
    public @Nullable String find(String key) {
      var text = texts.get(key);
      found.add(text == null ? "nothing" : "text");
      return text;
    }

    @Override
    public void keep(String key, String text) {
      texts.put(key, text);
    }
  }

  @Test
  void aFileThatIsTooLongIsRefusedWithItsTypesInIt() throws Exception { // L1, L3
    var text = META + "//" + "x".repeat(512 * 1024 - META.length() - 1);

    assertEquals(
        List.of(
            new ScriptFault(
                "script_invalid",
                "SyntaxError",
                "the file has 524289 bytes; at most 524288 are allowed",
                0,
                0,
                "")),
        faults("main.ts", text));
  }

  @Test
  void typesAreTakenOut() throws Exception { // L3
    var outcome =
        run(
            """
            import type { Missing } from './nowhere.ts';
            interface Finding { readonly file: string; line?: number }
            type Found = Finding | null;
            declare const unknown: Missing;
            abstract class Store<T extends object> implements Iterable<T> {
              private readonly items: T[] = [];
              declare ghost: string;
              constructor(first?: T, ...rest: T[]) { if (first) this.items.push(first!, ...rest); }
              abstract load(): void;
              add<K>(this: Store<T>, item: T, key?: K): this { this.items.push(item); return this; }
              [Symbol.iterator](): Iterator<T> { return this.items.values(); }
            }
            class Findings extends Store<Finding> { override load(): void {} }
            function pick(a: string): string;
            function pick(a: number): number;
            function pick(a: any) { return a; }
            const first = <T,>(all: Iterable<T>): T => [...all][0] as T;
            const both = new Findings({ file: 'a' } satisfies Finding).add<string>({ file: 'b' });
            let late!: number;
            late = 3;
            const text = (await agent('p')) as string;
            return [first(both)!.file, [...both].length, pick(late), text, typeof both.ghost];
            """);

    assertEquals("[\"a\",2,3,\"answer 1\",\"undefined\"]", outcome.value());
  }

  @Test
  void anErrorKeepsItsLineAndColumn() throws Exception { // L3, L112, C06
    var blank = "type A<T> = { of: T };\n".repeat(198);
    var outcome = run(blank + "const a: A<string> = null as any, b: string = a.of.c as string;");

    var fault = outcome.fault();
    assertEquals(List.of(200, 47), List.of(fault.line(), fault.column()), fault.toString());
  }

  @Test
  void librariesMayMixBothLanguages() throws Exception { // L3, L13
    var outcome =
        run(
            """
            import { twice, type Score } from './a.ts';
            import { plain } from './b.mjs';
            const score: Score = twice(plain as number);
            return score;
            """,
            Map.of(
                "a.ts",
                """
                import type { Never } from './never.ts';
                export type Score = number;
                export const twice = (n: number): Score => n * 2;
                """,
                "b.mjs",
                "export const plain = 21;"));

    assertEquals("42", outcome.value());
  }

  @Test
  void anErrorInALibraryKeepsItsPlace() throws Exception { // L3, L112
    var outcome =
        run(
            "import { fail } from './lib.ts'; fail('x');",
            Map.of("lib.ts", "type A = 1;\nexport function fail(a: string) { (a as any).b.c; }\n"));

    var fault = outcome.fault();
    assertEquals(
        List.of("lib.ts", 2, 35),
        List.of(fault.file(), fault.line(), fault.column()),
        fault.toString());
  }

  @Test
  void whatIsMoreThanATypeIsRefused() throws Exception { // L3, C07
    assertEquals(
        List.of(
            new ScriptFault(
                "type_not_erasable",
                "SyntaxError",
                "`enum` is more than a type: write an object with `as const`",
                2,
                1,
                "")),
        faults("main.ts", META + "enum Colour { Red }"));
  }

  @Test
  void otherFilesStayJavaScript() throws Exception { // L3
    assertEquals(1, faults("main.js", META + "const a: number = 1;").size());
    assertEquals(1, faults("main.mjs", META + "const a = 1 as number;").size());
  }

  @Test
  void metaComesFirstThereToo() throws Exception { // L4
    assertEquals(
        "the first statement must be `export const meta = {…}`",
        faults("main.ts", "interface A {}\n" + META).getFirst().message());
    try (var sandbox = open()) {
      var text = "export const meta: mimo.Meta = {name: 't', description: 'd'} as const;";
      assertInstanceOf(
          Compilation.Compiled.class, sandbox.compile(new ScriptSource("main.ts", text)));
    }
  }

  @Test
  void nestingThatPeopleWriteIsFine() throws Exception { // L3
    var list = "[".repeat(150) + "1 as number" + "]".repeat(150);
    var sum = "1" + " + 1".repeat(1_500);

    assertEquals("1501", run("const deep: any = " + list + ";\nreturn " + sum + ";").value());
  }

  @Test
  void aTextKnownBeforeIsNotErasedAgain() throws Exception { // L122
    var memory = new Memory();
    var source = new ScriptSource("main.ts", META + "const a: number = 1; return a;");
    for (int i = 0; i < 2; i++) {
      try (var sandbox = open()) {
        assertInstanceOf(
            Compilation.Compiled.class, sandbox.compile(source, ImportedFiles.NONE, memory));
      }
    }

    assertEquals(List.of("nothing", "text"), memory.found);
    assertEquals(
        List.of(META + "const a         = 1; return a;"), List.copyOf(memory.texts.values()));
  }

  @Test
  void aKnownTextThatIsAnotherProgramIsNotBelieved() throws Exception { // L122
    var memory = new Memory();
    var source = new ScriptSource("main.ts", META + "const a: number = 1; return a;");
    try (var sandbox = open()) {
      sandbox.compile(source, ImportedFiles.NONE, memory);
    }
    memory.texts.replaceAll((_, text) -> text.replace("= 1;", "= 2;"));

    try (var sandbox = open()) {
      sandbox.compile(source, ImportedFiles.NONE, memory);
      assertEquals("1", new ScriptDriver(sandbox).runCompiled().value());
    }
  }
}
