package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.MetaReader.Reading.Faulty;
import mimo.sandbox.compile.MetaReader.Reading.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaReaderTest {

  private static MetaReader.Reading read(String text) {
    return MetaReader.read(new ScriptSource("m.js", text));
  }

  private static String json(String literal) {
    return read("export const meta = " + literal + ";") instanceof Found found
        ? found.json()
        : "refused";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          : Meta = {a: 1}                              | {"a":1}
          : mimo . Meta = {a: 1};                      | {"a":1}
          = {a: 1} as const                            | {"a":1}
          = {a: 1} satisfies /* a type */ mimo.Meta;   | {"a":1}
          : {a: number} = {a: 1}                       | the type of `meta` must be a name
          = {a: 1} satisfies {a: number}               | the type of `meta` must be a name
          = {a: 1} as Meta                             | `meta` takes `as const` and no other \
          assertion with `as`
          """)
  void inTypeScriptMetaMayHaveAType(String statement, String expected) { // L3, L4
    var text = "export const meta" + statement;

    var reading = MetaReader.read(new ScriptSource("m.ts", text));

    assertEquals(
        expected,
        switch (reading) {
          case Found found -> found.json();
          case Faulty(var fault) -> fault.message();
        });
    assertInstanceOf(Faulty.class, read(text));
  }

  @Test
  void readsEveryKindOfLiteral() { // L4
    assertEquals(
        "{\"a\":1,\"b-c\":\"x\",\"3\":[1,2.5,-4,255,8,5,1000,0.5,100000],"
            + "\"t\":true,\"f\":false,\"n\":null,\"o\":{}}",
        json(
            "{a: 1, 'b-c': \"x\", 3: [1, 2.5, -4, 0xff, 0o10, 0b101, 1_000, .5, 1e5,],"
                + " t: true, f: false, n: null, /* c */ o: {}, // end\n}"));
  }

  @Test
  void readsEscapesAsJavaScriptDoes() { // L4
    assertEquals(
        "{\"s\":\"a\\n\\t'\\\"\\\\A\u00e9\uD83D\uDE00 joined\"}",
        json("{s: 'a\\n\\t\\'\"\\\\\\x41\\u00e9\\u{1f600} jo\\\nined'}"));
  }

  @Test
  void theLastOfEqualKeysWinsAndProtoIsAnOrdinaryKey() { // L4, L36
    assertEquals("{\"a\":2,\"__proto__\":3}", json("{a: 1, a: 2, __proto__: 3}"));
  }

  @Test
  void skipsMarkHashbangAndComments() { // L2, C01
    assertEquals(
        new Found("{}", 12, 27, 55),
        read("\uFEFF#!/bin/mimo\n// one\n/* 2 */export /*3*/ const\nmeta = {}"));
  }

  @Test
  void stopsAtTheEndOfTheStatement() { // L4
    assertEquals(new Found("{}", 0, 0, 23), read("export const meta = {}\nagent('x')"));
    assertEquals(new Found("{}", 0, 0, 23), read("export const meta = {}\n++x"));
    assertEquals(new Found("{}", 0, 0, 22), read("export const meta = {}"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\'',
      value = {
        "{a: f()} ~ 25 ~ but here stands the name `f`",
        "{a: new Date()} ~ 25 ~ but here stands a call (`new`)",
        "{a: `t`} ~ 25 ~ but here stands a template",
        "{a: 1 + 2} ~ 27 ~ but here stands the operator `+`",
        "{...b} ~ 22 ~ but here stands a spread",
        "{[k]: 1} ~ 22 ~ but here stands a computed key",
        "{a} ~ 23 ~ but here stands the name `a`",
        "{f() {}} ~ 23 ~ but `f` is a function",
        "{get a() {}} ~ 26 ~ but here stands an accessor (`get`)",
        "{a: () => 1} ~ 25 ~ but here stands a function or a bracketed expression",
        "{a: [1,,2]} ~ 28 ~ but this array has a hole",
        "{a: 1n} ~ 25 ~ but here stands a BigInt",
        "{a: undefined} ~ 25 ~ but here stands the name `undefined`",
        "{a: !1} ~ 25 ~ but here stands the operator `!`",
        "{}.x ~ 23 ~ but here stands the operator `.`",
        "{}() ~ 23 ~ but here stands a call",
      })
  void refusesWhatIsNoPureLiteralAtItsPosition(String literal, int column, String what) { // C02
    assertEquals(
        new Faulty(fault(1, column, "`meta` must be a pure literal, " + what)),
        read("export const meta = " + literal));
  }

  private static ScriptFault fault(int line, int column, String message) {
    return new ScriptFault("script_invalid", "SyntaxError", message, line, column, "");
  }

  @Test
  void refusesMoreThanAHundredLevels() { // L5
    assertEquals("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}", json("{a:" + nest(99) + "}"));
    assertEquals(
        new Faulty(fault(1, 124, "`meta` is nested deeper than 100 levels")),
        read("export const meta = {a:" + nest(101) + "}"));
  }

  private static String nest(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void refusesAFileThatBeginsWithSomethingElse() { // L4
    var missing = "the first statement must be `export const meta = {…}`";

    assertEquals(new Faulty(fault(2, 1, missing)), read("// c\nconst x = 1;"));
    assertEquals(new Faulty(fault(1, 1, missing)), read(""));
    assertEquals(new Faulty(fault(1, 1, missing)), read("export const other = {}"));
    assertEquals(
        new Faulty(fault(1, 21, "`meta` must be an object literal")),
        read("export const meta = 1"));
  }

  @Test
  void refusesTextsAndCommentsThatDoNotEnd() {
    assertEquals(
        new Faulty(fault(1, 25, "this string is not closed")), read("export const meta = {a: 'x}"));
    assertEquals(new Faulty(fault(1, 1, "this comment is not closed")), read("/* x"));
  }
}
