package mimo.compose;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What scripts know from the web: `URL` and its kin (L60; C70).
final class WebFunctionsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Each line: text, base or null, and what a browser makes of it; `!` for a refusal.
  @Test
  void readsAddressesAsBrowsersDo() throws Exception {
    var lines = lines("urls.jsonl");
    var script =
        """
        return args.map(([text, base]) => {
          try {
            return base === null ? new URL(text).href : new URL(text, base).href;
          } catch (e) {
            return e instanceof TypeError && e.code === 'bad_argument' ? '!' : String(e);
          }
        });
        """;

    var seen = JSON.readTree(value(withArguments(script, "[" + String.join(",", lines) + "]")));

    assertTrue(lines.size() > 100, "saw only " + lines.size());
    var differing = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < lines.size(); i++) {
      var line = JSON.readTree(lines.get(i));
      if (!line.get(2).equals(seen.get(i))) {
        differing.addArray().add(line).add(seen.get(i));
      }
    }
    assertEquals("[]", differing.toString());
  }

  private static List<String> lines(String resource) throws IOException {
    try (var stream = WebFunctionsTest.class.getResourceAsStream(resource)) {
      assertTrue(stream != null, resource);
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static WorkflowResult withArguments(String script, String json)
      throws InterruptedException {
    var options = options(Arguments.GIVEN);
    return run(script, ScriptedRun.answering().with(json), options);
  }

  /// Evaluates each expression in one run; a throw is shown as `name: message`.
  private static String evaluated(String... expressions) throws InterruptedException {
    var thunks =
        List.of(expressions).stream().map(each -> "() => " + each).collect(Collectors.joining(","));
    return value(
        run(
            "const show = (f) => { try { return f(); } catch (e) { return e.name; } };"
                + "return ["
                + thunks
                + "].map(show);",
            ScriptedRun.answering()));
  }

  @Test
  void aUrlTellsItsParts() throws InterruptedException {
    assertEquals(
        "[[\"https:\",\"u\",\"p\",\"h:81\",\"h\",\"81\",\"/a/b\",\"?c=d\",\"#e\",\"https://h:81\"],"
            + "\"null\",\"\\\"http://a/\\\"\",true,false,null,\"[object URL]\"]",
        evaluated(
            "(() => { const u = new URL('https://u:p@h:81/a/b?c=d#e'); return [u.protocol,"
                + " u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search,"
                + " u.hash, u.origin]; })()",
            "new URL('file:///a').origin",
            "JSON.stringify(new URL('http://a'))",
            "URL.canParse('b', 'http://a')",
            "URL.canParse('b')",
            "URL.parse('gopher://a')",
            "Object.prototype.toString.call(new URL('http://a'))"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http://h:81/a?b#c | protocol | 'https'  | https://h:81/a?b#c
          http://h:443/     | protocol | 'https:' | https://h/
          http://h/         | protocol | 'ftp'    | http://h/
          http://h/         | username | 'a b'    | http://a%20b@h/
          http://h/         | host     | 'x:99/y' | http://x:99/
          http://h:81/      | host     | 'x'      | http://x:81/
          http://h:81/      | hostname | 'x:99'   | http://h:81/
          http://h/         | host     | ''       | http://h/
          http://h:81/      | port     | ''       | http://h/
          http://h/         | port     | '99x'    | http://h:99/
          http://h/         | port     | 99999    | http://h/
          http://h/a        | pathname | 'b/../?#' | http://h/%3F%23
          http://h/?a       | search   | ''       | http://h/
          http://h/         | search   | '?a b'   | http://h/?a%20b
          http://h/#a       | hash     | '#b c'   | http://h/#b%20c
          file:///a         | host     | 'srv'    | file://srv/a
          file:///a         | port     | '9'      | file:///a
          http://h/         | href     | 'http://i/?q' | http://i/?q
          """)
  void aPartOfAUrlCanBeReplaced(String url, String part, String text, String result)
      throws InterruptedException {
    var script = "const u = new URL('%s'); u.%s = %s; return u.href;".formatted(url, part, text);

    assertEquals('"' + result + '"', value(run(script, ScriptedRun.answering())));
  }

  @Test
  void theParametersOfAUrlAreAViewOfItsQuery() throws InterruptedException {
    var result =
        run(
            """
            const u = new URL('http://h/?a=1&b=2&a=3');
            const p = u.searchParams;
            p.append('c', 'x y&');
            p.delete('a', '3');
            const first = u.search;
            u.search = '?z=1';
            const second = [...p];
            p.delete('z');
            return [first, second, u.href, p === u.searchParams];
            """,
            ScriptedRun.answering());

    assertEquals("[\"?a=1&b=2&c=x+y%26\",[[\"z\",\"1\"]],\"http://h/\",true]", value(result));
  }

  @Test
  void parametersAreReadAndWrittenAsForms() throws InterruptedException {
    assertEquals(
        "[\"a=b+c&d=%C3%A9&e=\",\"*-._%7E%21%27%28%29=%00\",\"a=1&b=2\",\"x=1&x=2\","
            + "[\"1\",null,[\"1\",\"2\"],true,false,2],\"a=3&a=1&b=2\",\"TypeError\","
            + "\"%EF%BF%BD=\",\"a=9&b=2\",[\"a\",\"b\"],[\"1=a\"]]",
        evaluated(
            "`${new URLSearchParams('?a=b+c&d=%C3%A9&e&&')}`",
            "`${new URLSearchParams([['*-._~!\\'()', '\\0']])}`",
            "`${new URLSearchParams({ a: 1, b: '2' })}`",
            "`${new URLSearchParams(new URLSearchParams('x=1&x=2'))}`",
            "((p) => [p.get('x'), p.get('y'), p.getAll('x'), p.has('x', '2'), p.has('x', '3'),"
                + " p.size])(new URLSearchParams('x=1&x=2'))",
            "((p) => { p.sort(); return `${p}`; })(new URLSearchParams('b=2&a=3&a=1'))",
            "new URLSearchParams([['a']])",
            "`${new URLSearchParams('%ff')}`",
            "((p) => { p.set('a', 9); return `${p}`; })(new URLSearchParams('a=1&b=2&a=3'))",
            "[...new URLSearchParams('a=1&b=2').keys()]",
            "((all) => { new URLSearchParams('a=1').forEach((v, k) => all.push(`${v}=${k}`));"
                + " return all; })([])"));
  }

  @Test
  void textIsCodedAsUtf8() throws InterruptedException {
    assertEquals(
        "[[226,130,172],[240,159,152,128],[239,191,189],[],{\"read\":2,\"written\":4},\"€\","
            + "\"\ufffdA\",\"\ufffd\ufffd\",\"TypeError\",\"RangeError\",\"a\",[\"a\",\"\ufeffa\"],"
            + "[\"\",\"€\"],\"utf-8\"]",
        evaluated(
            "[...new TextEncoder().encode('€')]",
            "[...new TextEncoder().encode('😀')]",
            "[...new TextEncoder().encode('\\ud800')]",
            "[...new TextEncoder().encode()]",
            "new TextEncoder().encodeInto('a€b', new Uint8Array(4))",
            "new TextDecoder().decode(new Uint8Array([226, 130, 172]))",
            "new TextDecoder().decode(new Uint8Array([226, 130, 65]))",
            "new TextDecoder().decode(new Uint8Array([0xc0, 0x80]))",
            "new TextDecoder('utf8', { fatal: true }).decode(new Uint8Array([255]))",
            "new TextDecoder('latin1')",
            "new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 97]).buffer)",
            "[false, true].map((ignoreBOM) => new TextDecoder('utf-8', { ignoreBOM })"
                + ".decode(new Uint8Array([0xef, 0xbb, 0xbf, 97])))",
            "((d) => [d.decode(new Uint8Array([226]), { stream: true }),"
                + " d.decode(new Uint8Array([130, 172]))])(new TextDecoder())",
            "new TextDecoder(' UTF-8 ').encoding"));
  }

  @Test
  void aCloneSharesNothingAndKeepsItsShape() throws InterruptedException {
    assertEquals(
        "[[true,true,true],[\"a\",{\"b\":1}],[1],5,[\"/x/gi\",0],"
            + "[2,1,[1,2]],[\"RangeError\",\"m\"],"
            + "[3,\"undefined\"],\"TypeError\",\"TypeError\",\"TypeError\",7,true,\"TypeError\"]",
        evaluated(
            "((v) => { v.self = v; const c = structuredClone(v); return [c !== v, c.self === c,"
                + " c.in !== v.in]; })({ in: {} })",
            "[...structuredClone(new Map([['a', { b: 1 }]]))][0]",
            "[...structuredClone(new Set([1]))]",
            "structuredClone(new Date(5)).getTime()",
            "((r) => [`${structuredClone(r)}`, structuredClone(r).lastIndex])("
                + "Object.assign(/x/gi, { lastIndex: 1 }))",
            "((b) => { const c = structuredClone(b.subarray(0, 2)); b[0] = 9;"
                + " return [c.length, c[0], [...c]]; })(new Uint8Array([1, 2, 3]))",
            "((e) => [e.name, e.message])(structuredClone(new RangeError('m')))",
            "((a) => [a.length, typeof a[1]])(structuredClone([1, , 3]))",
            "structuredClone(() => 1)",
            "structuredClone({ a: Symbol('s') })",
            "structuredClone(Promise.resolve())",
            "structuredClone(7)",
            "structuredClone(new (class A { x = 1 })()).constructor === Object",
            "structuredClone(new ArrayBuffer(1), { transfer: [new ArrayBuffer(1)] })"));
  }

  @Test
  void aMicrotaskRunsBeforeAnythingIsAwaitedFor() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        run(
            """
            const seen = [];
            queueMicrotask(() => seen.push('task'));
            queueMicrotask(() => { throw new Error('lost'); });
            seen.push('now');
            await agent('x', { label: 'a' });
            return [...seen, typeof queueMicrotask(() => 1)];
            """,
            run);

    assertEquals("[\"now\",\"task\",\"undefined\"]", value(result));
    assertEquals(List.of("warning: unhandled rejection: Error: lost"), run.said());
  }

  @Test
  void whatTheScriptFindsIsFrozenL11() throws InterruptedException {
    assertEquals(
        "[\"TypeError\",\"TypeError\",true]",
        evaluated(
            "(() => { URL.prototype.extra = 1; })()",
            "(() => { TextDecoder.extra = 1; })()",
            "Object.isFrozen(URLSearchParams.prototype)"));
  }
}
