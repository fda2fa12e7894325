package mimo.sandbox.graal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.sandbox.Erasure;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is taken out of a file, and what cannot be (L3, C07).
class TypeEraserTest {

  private static TypeEraser eraser;

  @BeforeAll
  static void loads() throws InterruptedException {
    eraser = new TypeEraser(SandboxLimits.defaults());
  }

  @AfterAll
  static void closes() {
    eraser.close();
  }

  private static Erasure erase(String text) throws InterruptedException {
    return eraser.erase(new ScriptSource("main.ts", text));
  }

  private static List<ScriptFault> faults(String text) throws InterruptedException {
    return erase(text) instanceof Erasure.Refused(var faults) ? faults : List.of();
  }

  private static ScriptFault fault(int line, int column, String message) {
    return new ScriptFault("type_not_erasable", "SyntaxError", message, line, column, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          "let a: T = 1 as any"|"let a    = 1;      "
          "a!.b!()"|"a .b ()"
          "f<T>(x)"|"f   (x)"
          "type A = 1; b()"|"            b()"
          "a; type A = 1; b()"|"a;             b()"
          "import type { A } from './a.ts'"|"                               "
          "import { a, type B } from './a.ts'"|"import { a,        } from './a.ts'"
          "export type { A }"|"                 "
          "declare const a: 1"|"                  "
          "declare enum A { B }"|"                    "
          "namespace a { type B = 1 }"|"                          "
          "declare namespace a { const b: 1 }"|"                                  "
          "abstract class A<T> implements B {}"|"         class A                 {}"
          "class A { private readonly a?: T; b!: T }"|"class A {                  a    ; b     }"
          "(a?: T, b: T = 1): T => a"|"(a    , b    = 1)    => a"
          "function f(this: T, a: T): T { return a }"|"function f(         a   )    { return a }"
          "function f(a: T): T"|"                   "
          "x satisfies T"|"x;           "
          "for (const a of b as T[]) c"|"for (const a of b       ) c"
          "const a: number = 'text'"|"const a         = 'text'"
          """)
  void whatIsATypeIsBlank(String typed, String expected) throws Exception { // L3
    assertEquals(new Erasure.Erased(expected), erase(typed));
  }

  @Test
  void whatIsMoreThanATypeIsRefusedByName() throws Exception { // L3, C07
    var faults =
        faults(
            """
            enum Colour { Red }
              namespace inner { export const a = 1; }
            class A { constructor(private readonly a: string) {} }
            import fs = require('fs');
            const n = <number>x;
            const big = 1 + 1 as number / 2;
            """);

    assertEquals(
        List.of(
            fault(1, 1, "`enum` is more than a type: write an object with `as const`"),
            fault(2, 3, "`namespace` is more than a type: write an object, or import a file"),
            fault(
                3,
                23,
                "a parameter property (`private`) is more than a type: declare a field and assign"
                    + " it"),
            fault(
                3,
                31,
                "a parameter property (`readonly`) is more than a type: declare a field and assign"
                    + " it"),
            fault(4, 1, "`import … =` is more than a type: write `import … from './file.ts'`"),
            fault(
                5, 11, "an assertion in angle brackets cannot be taken out: write `value as Type`"),
            fault(
                6,
                13,
                "without `as` the operators here would group otherwise: put it in parentheses")),
        faults);
  }

  @Test
  void decoratorsAndOldExportsAreRefusedByName() throws Exception { // L3
    assertEquals(
        List.of(fault(1, 1, "a decorator is more than a type: call its function")),
        faults("@sealed class A {}"));
    assertEquals(
        List.of(fault(1, 1, "`export =` is more than a type: write `export default`")),
        faults("export = 1;"));
    assertEquals(
        List.of(
            fault(1, 1, "`enum` is more than a type: write an object with `as const`"),
            fault(2, 1, "a decorator is more than a type: call its function")),
        faults("enum A {}\n@sealed class B {}"));
    assertEquals(
        List.of(fault(1, 1, "`module` is more than a type: write an object, or import a file")),
        faults("module old { export const a = 1 }"));
  }

  @Test
  void whatIsNoTypeScriptIsASyntaxErrorAtItsPlace() throws Exception { // L3
    var faults = faults("const a: = 3;");

    assertEquals(
        List.of(new ScriptFault("script_invalid", "SyntaxError", "Type expected.", 1, 10, "")),
        faults);
  }

  @Test
  void manyMistakesAreToldInPart() throws Exception { // L3
    var faults = faults("enum A {}\n".repeat(500));

    assertEquals(20, faults.size());
  }

  @Test
  void deepNestingIsAFaultAndNoCrash() throws Exception { // L3, S25
    var depth = 200_000;
    var faults = faults("(".repeat(depth) + "1" + ")".repeat(depth));

    assertEquals("the program is nested too deeply", faults.getFirst().message());
  }
}
