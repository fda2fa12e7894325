package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.MetaReader.Reading.Faulty;
import mimo.sandbox.compile.MetaReader.Reading.Found;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralReaderTest {

  private static final String HEAD = "export const meta = ";

  private static MetaReader.Reading read(String literal) {
    return MetaReader.read(new ScriptSource("m.js", HEAD + literal));
  }

  /// Literals of every shape; what they say is the engine's to judge.
  private static final List<String> LITERALS =
      List.of(
          "{a: '\\b\\f\\v\\r\\n\\t\\0', b: \"\\'\\\"\\q\\\\\"}",
          "{a: '\\x41\\xfF', b: '\\u0041\\uD83D\\uDE00', c: '\\u{0}\\u{1F600}\\u{10ffff}'}",
          "{a: 'one\\\ntwo\\\r\nthree\\\rfour\\\u2028five\\\u2029six'}",
          "{a: 'line \u2028 and paragraph \u2029 may stand in a string'}",
          "{a: [0, -0, 0.5]}",
          "{a: [0x1F, 0XfF, 0o17, 0O7, 0b11, 0B1, 0xf_f, 0b1_0]}",
          "{a: [1., .5, 1.25e3, 1E3, 1e+2, 1e-2, 12_345.6_7, 0e5, 0., 0.0]}",
          "{a: [- 1, -\n2, - /* c */ 3, -.5, -0x10]}",
          "{a: [9007199254740991, 4294967296.5, 123456789012345]}",
          "{a: [9007199254740992, -1e21, 1e300]}",
          "{a: true, b: false, c: null, d: [true, false, null]}",
          "{'a b': 1, \"c\": 2, 3: 4, .5: 6, 0x10: 7, 1e3: 8, \u00e9t\u00e9: 9, $_: 10}",
          "{get: 1, set: 2, async: 3, new: 4, function: 5, if: 6, true: 7}",
          "{/* a */ a /* b */ : // c\n 1 /* d */ , }",
          "{\t\u000B\f\uFEFF\u00A0\u3000a\u2028:\u20291\r\n,\rb:2}",
          "{a: [[[]], [{}], {a: [{}]},]}");

  @Test
  void readsWhatTheEngineReads() throws Exception { // L4
    var read =
        LITERALS.stream()
            .map(literal -> read(literal) instanceof Found found ? found.json() : read(literal))
            .map(Object::toString)
            .collect(Collectors.joining(",", "[", "]"));

    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var body = "return [" + String.join(",\n", LITERALS) + "];";
      assertEquals(
          new ScriptDriver(sandbox).run(body).value(),
          new InlineReading(read).normalized(),
          "as JavaScript reads the same literals");
    }
  }

  /// The order of an object's number-like keys is the engine's affair: both sides pass through it.
  private record InlineReading(String json) {
    String normalized() throws InterruptedException {
      try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
        return new ScriptDriver(sandbox).arguments(json).run("return args;").value();
      }
    }
  }

  record Refusal(String literal, int line, int column, String message) {}

  private static final String PURE = "`meta` must be a pure literal, ";
  private static final String NO_CHARACTER = "this escape names no character";

  static Stream<Refusal> refusals() {
    return Stream.concat(badScalars().stream(), badShapes().stream());
  }

  private static List<Refusal> badScalars() {
    return List.of(
        new Refusal("{a: 'x\ny'}", 1, 25, "this string is not closed"),
        new Refusal("{a: 'x\ry'}", 1, 25, "this string is not closed"),
        new Refusal("{a: '\\x4g'}", 1, 26, NO_CHARACTER),
        new Refusal("{a: '\\u00 1'}", 1, 26, NO_CHARACTER),
        new Refusal("{a: '\\u{}'}", 1, 26, NO_CHARACTER),
        new Refusal("{a: '\\u{110000}'}", 1, 26, NO_CHARACTER),
        new Refusal("{a: '\\u{12'}", 1, 26, NO_CHARACTER),
        new Refusal("{a: '\\01'}", 1, 26, "octal escapes are not allowed"),
        new Refusal("{a: '\\7'}", 1, 26, "octal escapes are not allowed"),
        new Refusal("{a: '\\9'}", 1, 26, "octal escapes are not allowed"),
        new Refusal("{a: 012}", 1, 25, "a number does not begin with 0"),
        new Refusal("{a: 0x}", 1, 25, "this is not a number"),
        new Refusal("{a: 0o8}", 1, 25, "this is not a number"),
        new Refusal("{a: 0b12}", 1, 25, "this is not a number"),
        new Refusal("{a: .}", 1, 25, "this is not a number"),
        new Refusal("{a: 1e}", 1, 25, "this is not a number"),
        new Refusal("{a: 1px}", 1, 25, "this is not a number"),
        new Refusal("{a: 0x_1}", 1, 25, "this is not a number"),
        new Refusal("{a: 1e999}", 1, 25, "this number is too large"),
        new Refusal("{a: 0xfn}", 1, 25, PURE + "but here stands a BigInt"),
        new Refusal("{a: -x}", 1, 25, "this is not a number"),
        new Refusal(
            "{a: async () => 1}",
            1,
            25,
            PURE + "but here stands a function or a bracketed expression"),
        new Refusal(
            "{a: function() {}}",
            1,
            25,
            PURE + "but here stands a function or a bracketed expression"),
        new Refusal("{a: truely}", 1, 25, PURE + "but here stands the name `truely`"),
        new Refusal("{a: nul}", 1, 25, PURE + "but here stands the name `nul`"));
  }

  private static List<Refusal> badShapes() {
    return List.of(
        new Refusal("{a:", 1, 24, PURE + "but here stands the end of the file"),
        new Refusal("{a: [...b]}", 1, 26, PURE + "but here stands a spread"),
        new Refusal("{a: 1`t`}", 1, 26, PURE + "but here stands a call"),
        new Refusal("{a: 1 ? 2 : 3}", 1, 27, PURE + "but here stands the operator `?`"),
        new Refusal("{a: 1\n++\n}", 2, 1, "expected `,` or `}`"),
        new Refusal("{a: 1 ++ }", 1, 27, PURE + "but here stands the operator `+`"),
        new Refusal("{a: 1 --b}", 1, 27, PURE + "but here stands the operator `-`"),
        new Refusal("{a: [1 2]}", 1, 28, "expected `,` or `]`"),
        new Refusal("{a: [1", 1, 27, "expected `,` or `]`"),
        new Refusal("{a: 1 b: 2}", 1, 27, "expected `,` or `}`"),
        new Refusal("{a: 1", 1, 26, "expected `,` or `}`"),
        new Refusal("{", 1, 22, PURE + "but here stands the end of the file"),
        new Refusal("{,}", 1, 22, PURE + "but here stands the operator `,`"),
        new Refusal("{a, b}", 1, 23, PURE + "but here stands the name `a`"),
        new Refusal("{a b}", 1, 24, "expected `:` after the key `a`"),
        new Refusal("{a\u00ADb: 1}", 1, 23, "expected `:` after the key `a`"),
        new Refusal("{a: ...b}", 1, 25, PURE + "but here stands a spread"),
        new Refusal("{set a(b) {}}", 1, 26, PURE + "but here stands an accessor (`set`)"),
        new Refusal("{...}", 1, 22, PURE + "but here stands a spread"),
        new Refusal("{'a'}", 1, 25, PURE + "but here stands the name `a`"),
        new Refusal("{}, x = 1", 1, 23, "`meta` must be a pure literal and a statement of its own"),
        new Refusal(
            "{}\n, x = 1", 2, 1, "`meta` must be a pure literal and a statement of its own"),
        new Refusal("{} x", 1, 24, "`meta` must be a pure literal and a statement of its own"),
        new Refusal("{} in x", 1, 26, "`meta` must be a pure literal and a statement of its own"),
        new Refusal(
            "{}\n  instanceof x",
            2,
            13,
            "`meta` must be a pure literal and a statement of its own"),
        new Refusal("{} /* x", 1, 24, "this comment is not closed"));
  }

  @ParameterizedTest
  @MethodSource
  void refusals(Refusal refusal) { // C02
    assertEquals(
        new Faulty(
            new ScriptFault(
                "script_invalid",
                "SyntaxError",
                refusal.message(),
                refusal.line(),
                refusal.column(),
                "")),
        read(refusal.literal()));
  }

  @Test
  void namesThatOnlyBeginLikeAWordAreNoWord() { // L4
    assertEquals(
        new Faulty(
            new ScriptFault(
                "script_invalid",
                "SyntaxError",
                "the first statement must be `export const meta = {…}`",
                1,
                1,
                "")),
        MetaReader.read(new ScriptSource("m.js", "exporter const meta = {}")));
  }
}
