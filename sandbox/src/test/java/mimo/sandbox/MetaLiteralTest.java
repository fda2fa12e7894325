package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MetaLiteralTest {

  @Test
  void isReadWithoutRunningTheScript() { // L4
    assertEquals(
        new MetaLiteral.Found("{\"name\":\"t\",\"tags\":[1,true,null]}"),
        MetaLiteral.of(
            new ScriptSource(
                "s.js", "export const meta = {name: 't', tags: [1, true, null]};\nthrow 1;")));
  }

  @Test
  void whatIsWrongWithItHasItsPlace() { // L4, C02
    assertEquals(
        new MetaLiteral.Faulty(
            new ScriptFault(
                "script_invalid",
                "SyntaxError",
                "`meta` must be a pure literal, but here stands the name `f`",
                1,
                28,
                "")),
        MetaLiteral.of(new ScriptSource("s.js", "export const meta = {name: f};")));
  }
}
