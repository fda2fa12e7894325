package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import mimo.sandbox.GuestEvent.Called;
import mimo.sandbox.GuestEvent.Idle;
import mimo.sandbox.GuestEvent.Noted;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;

/// What every sandbox promises, whether it is a process or not.
abstract class SandboxContract extends GuestErrorContract {

  @Test
  void nothingIsHeardOfAGuestThatHasEnded() throws Exception {
    try (var sandbox = open()) {
      sandbox.compile(ScriptDriver.script("return 1;"));
      var guest = sandbox.start(new ScriptDriver(sandbox).launch());
      assertEquals(new GuestEvent.Finished("1"), guest.next());

      var failure = assertThrows(IllegalStateException.class, guest::next);

      assertEquals("the guest has ended", failure.getMessage());
    }
  }

  @Test
  void runsAScriptFromMetaToResult() throws Exception {
    try (var sandbox = open()) {
      var source =
          new ScriptSource(
              "demo.js",
              """
              #!/usr/bin/env mimo
              // first
              export const meta = {name: 'demo', phases: ['a',], budget: 1.5};
              const answer = await agent("question", {x: 1});
              log(answer, args.who);
              return {answer, at: Date.now(), spent: spent()};
              """);

      var compilation = sandbox.compile(source);
      var guest = sandbox.start(new ScriptDriver(sandbox).arguments("{\"who\":\"me\"}").launch());

      assertEquals(
          "{\"name\":\"demo\",\"phases\":[\"a\"],\"budget\":1.5}",
          compilation instanceof Compilation.Compiled compiled ? compiled.meta() : "refused");
      assertEquals(
          new Called(
              1,
              "agent",
              "{\"prompt\":\"question\",\"options\":{\"x\":1}}",
              "",
              "{}",
              new Position(4, 22)),
          guest.next());
      assertEquals(new Idle(new Position(4, 16)), guest.next());
      guest.settle(1, ScriptDriver.resolved("\"yes\"", 2));
      assertEquals(
          new Noted("log", "{\"values\":[\"yes\",\"me\"]}", "", "{}", new Position(5, 1)),
          guest.next());
      long later = ScriptDriver.CLOCK.plusSeconds(2).toEpochMilli();
      assertEquals(
          new GuestEvent.Finished("{\"answer\":\"yes\",\"at\":" + later + ",\"spent\":2}"),
          guest.next());
    }
  }

  @Test
  void refusesASyntaxErrorAtItsPosition() throws Exception {
    try (var sandbox = open()) {
      var compilation = sandbox.compile(ScriptDriver.script("\nconst a = 1;\n  let let = 2;"));

      assertTrue(
          compilation instanceof Compilation.Rejected(var faults)
              && faults.getFirst().code().equals("script_invalid")
              && faults.getFirst().line() == 3
              && faults.getFirst().column() == 3,
          compilation.toString());
    }
  }

  @Test
  void returnWinsOverExportDefaultAndNoResultIsNull() throws Exception { // L10
    assertEquals("5", run("export default 5").value());
    assertEquals("6", run("export default 5\nreturn 6").value());
    assertEquals("5", run("export default 5;\nreturn undefined;").value());
    assertEquals("null", run("").value());
  }

  @Test
  void copiesValuesAsJsonDoes() throws Exception { // L36
    var outcome =
        run(
            """
            const hidden = {};
            Object.defineProperty(hidden, "no", {value: 1, enumerable: false});
            const own = JSON.parse('{"__proto__": 1, "then": 2, "constructor": 3, "toJSON": 4}');
            return [undefined, NaN, Infinity, -0, {a: undefined, b: null}, [ , 1], hidden, own,
              new Date(0), "\\ud800", "ü€😀", Object.create({inherited: 1})];
            """);

    assertEquals(
        "[null,null,null,0,{\"b\":null},[null,1],{},"
            + "{\"__proto__\":1,\"then\":2,\"constructor\":3,\"toJSON\":4},"
            + "\"1970-01-01T00:00:00.000Z\",\"\\ud800\",\"ü€😀\",{}]",
        outcome.value());
  }

  @Test
  void namesThePlaceOfAValueThatCannotCross() throws Exception { // L36
    var outcome =
        run(
            """
            const cycle = {deep: []};
            cycle.deep.push({self: cycle});
            const bad = [
              () => agent({items: [1, {cb() {}}]}), () => agent("p", {n: 1n}),
              () => agent("p", {"odd key": Symbol("s")}), () => agent(cycle),
              () => agent("p", {[Symbol.iterator]: 1}), () => agent("p", {get x() { return 1; }}),
            ];
            return bad.map((f) => { try { f(); } catch (e) {
              return [e instanceof TypeError, e.code, e.message.replace(/;.*/, "")]; } });
            """);

    assertEquals(
        "[[true,\"bad_argument\",\"prompt.items[1].cb is a function\"],"
            + "[true,\"bad_argument\",\"options.n is a BigInt\"],"
            + "[true,\"bad_argument\",\"options[\\\"odd key\\\"] is a symbol\"],"
            + "[true,\"bad_argument\",\"prompt.deep[0].self is a part of itself (a cycle)\"],"
            + "[true,\"bad_argument\",\"options is an object with a symbol as key\"],"
            + "[true,\"bad_argument\",\"options.x is an accessor\"]]",
        outcome.value());
    assertEquals(List.of(), outcome.calls());
  }

  @Test
  void capsValuesInSizeAndDepth() throws Exception { // L105, S6
    var outcome =
        run(
            """
            const nest = (n) => { let v = 1; for (let i = 0; i < n; i++) v = [v]; return v; };
            let shared = "x".repeat(1000);
            for (let i = 0; i < 40; i++) shared = [shared, shared];
            const tried = [
              "x".repeat(4 * 1024 * 1024), "ü".repeat(2 * 1024 * 1024), nest(64), nest(63), shared,
            ].map((v) => { try { agent(v); return "sent"; } catch (e) {
              return e.name + " " + e.code; } });
            agent("x".repeat(4 * 1024 * 1024 - 13));
            return tried;
            """);

    assertEquals(
        "[\"WorkflowError value_too_large\",\"WorkflowError value_too_large\","
            + "\"WorkflowError value_too_large\",\"sent\",\"WorkflowError value_too_large\"]",
        outcome.value());
    assertEquals(2, outcome.calls().size());
    assertEquals(4 * 1024 * 1024, outcome.calls().getLast().arguments().length());
  }

  @Test
  void answersTooLargeRejectTheCall() throws Exception { // L105
    try (var sandbox = open()) {
      var outcome =
          new ScriptDriver(sandbox)
              .answers(call ->
                  call.call() == 1
                      ? ScriptDriver.resolved("\"" + "x".repeat(4 * 1024 * 1024) + "\"", 1)
                      : ScriptDriver.resolved("[".repeat(65) + "]".repeat(65), 1))
              .run(
                  """
                  const codes = [];
                  for (let i = 0; i < 2; i++) {
                    try { await agent("p"); } catch (e) { codes.push(e.code); }
                  }
                  return codes;
                  """);

      assertEquals("[\"value_too_large\",\"value_too_large\"]", outcome.value());
    }
  }

  @Test
  void tagsBelongToTheSlotAndAreInherited() throws Exception { // L45, L125
    var outcome =
        run(
            """
            phase("outer");
            await parallel([
              async () => { await agent("a"); phase("inner"); await agent("b"); await agent("c"); },
              async () => { await agent("d"); await agent("e"); },
            ]);
            await agent(phaseNow());
            """);

    assertEquals(
        List.of(
            "a p0 {\"phase\":\"outer\"}",
            "b p0 {\"phase\":\"inner\"}",
            "c p0 {\"phase\":\"inner\"}",
            "d p1 {\"phase\":\"outer\"}",
            "e p1 {\"phase\":\"outer\"}",
            "outer  {\"phase\":\"outer\"}"),
        outcome.calls().stream()
            .map(c -> prompt(c) + " " + c.path() + " " + c.tags())
            .sorted()
            .toList());
  }

  private static String prompt(Called call) {
    return call.arguments().replaceAll(".*\"prompt\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void segmentsWithASlashAreEscapedInThePath() throws Exception { // L125
    try (var sandbox = open()) {
      sandbox.compile(ScriptDriver.script("await inner('a/b~c', () => agent('p'));"));
      var library =
          new ScriptSource(
              "lib.js",
              "wf.define('agent', (p) => wf.call('agent', {p}));"
                  + "wf.define('inner', (name, f) => wf.inFrame(name, f));");
      var guest =
          sandbox.start(
              new GuestLaunch(
                  List.of(library), null, "{}", ScriptDriver.SEED, ScriptDriver.CLOCK, 0));

      assertTrue(guest.next() instanceof Called called && called.path().equals("a~1b~0c"));
    }
  }

  @Test
  void aHugeNameInThePathIsAbbreviated() throws Exception { // L125, S6
    var outcome =
        run(
            """
            const huge = "k".repeat(6e6);
            await inner(huge, () => agent("one"));
            await inner(huge + "k", () => agent("two"));
            await inner("k".repeat(256), () => agent("three"));
            await inner("k".repeat(231) + "\ud83d\ude00".repeat(20), () => agent("four"));
            """);

    assertEquals(
        List.of(
            abbreviated(232, "k".repeat(6_000_000)),
            abbreviated(232, "k".repeat(6_000_001)),
            "k".repeat(256),
            abbreviated(231, "k".repeat(231) + "\uD83D\uDE00".repeat(20))),
        outcome.calls().stream().map(Called::path).toList());
  }

  private static String abbreviated(int kept, String segment) {
    return "%s~2%d.%08x"
        .formatted(segment.substring(0, kept), segment.length(), segment.hashCode());
  }

  @Test
  void aPathThatIsTooLongFailsThatCallAlone() throws Exception { // S6
    var outcome =
        run(
            """
            const nested = (depth, fn) =>
              depth === 0 ? fn() : inner("n".repeat(250), () => nested(depth - 1, fn));
            const lost = await nested(17, async () => {
              log("still heard");
              try { await agent("p"); } catch (e) { return e.code; }
            });
            return [lost, await nested(16, () => agent("q"))];
            """);

    assertEquals("[\"value_too_large\",\"answer 1\"]", outcome.value());
    assertEquals(4096, outcome.notes().getFirst().path().length());
  }

  @Test
  void tagsThatAreTooLargeOrTooDeepFailTheirSettingAlone() throws Exception { // S6
    var outcome =
        run(
            """
            const nest = (depth) => depth === 0 ? 1 : [nest(depth - 1)];
            const codes = [];
            for (const tag of ["x".repeat(20000), nest(64), nest(65), nest(63)]) {
              try { phase(tag); codes.push("set"); } catch (e) { codes.push(e.code); }
            }
            await agent("p");
            return codes;
            """);

    assertEquals(
        "[\"value_too_large\",\"value_too_large\",\"value_too_large\",\"set\"]", outcome.value());
    assertEquals(
        "{\"phase\":" + "[".repeat(63) + "1" + "]".repeat(63) + "}",
        outcome.calls().getFirst().tags());
  }

  @Test
  void halfASurrogatePairIsNoReasonToStop() throws Exception { // S6
    var outcome =
        run(
            """
            const half = String.fromCharCode(0xd800);
            await inner(half, () => agent("p"));
            phase(half);
            throw new Error("text " + half);
            """);

    assertEquals(1, outcome.calls().size());
    assertEquals("script_error", outcome.fault().code());
    assertTrue(outcome.fault().message().startsWith("text "), outcome.fault().message());
  }

  @Test
  void unhandledRejectionsBecomeWarningsWithTheirPosition() throws Exception { // L110
    var outcome =
        run(
            """
            const late = Promise.reject(new Error("handled late"));
            const never = (async () => { throw new TypeError("never"); })();
            await agent("p");
            try { await late; } catch {}
            return 1;
            """);

    assertEquals(
        List.of(
            new Noted(
                "warning",
                "{\"message\":\"unhandled rejection: TypeError: never\",\"line\":3,\"column\":36}",
                "",
                "{}",
                new Position(3, 36))),
        outcome.notes());
    assertEquals("1", outcome.value());
  }

  @Test
  void aScriptThatWaitsForNothingStandsStillAtItsAwait() throws Exception { // L111
    var outcome = run("const x = 1;\n  await new Promise(() => {});");

    assertEquals(List.of(new Idle(new Position(3, 3))), outcome.idles());
    assertEquals(List.of(), outcome.events());
  }

  @Test
  void callsAfterTheEndAreNotMade() throws Exception { // L110
    var outcome = run("(async () => { await 1; await 2; agent('late'); })(); return 1;");

    assertEquals(List.of(new GuestEvent.Finished("1")), outcome.events());
  }

  @Test
  void thrownOdditiesBecomeFaults() throws Exception { // S25 prototype tricks
    var bodies =
        List.of(
            "throw null;",
            "throw 'text';",
            "throw {get message() { throw 1; }, get name() { throw 2; }};",
            "throw new Proxy({}, {get() { throw 1; }, getOwnPropertyDescriptor() { throw 2; }});",
            "throw Object.create(null);",
            "throw Symbol('s');",
            "throw {code: 'script_cpu', message: 'forged', name: 'WorkflowError'};");

    for (String body : bodies) {
      assertEquals("script_error", run(body).fault().code(), body);
    }
  }

  @Test
  void aResultThatCannotCrossFailsTheScript() throws Exception {
    assertEquals("bad_argument", run("return {f() {}};").fault().code());
    assertEquals("value_too_large", run("return 'x'.repeat(5e6);").fault().code());
  }

  @Test
  void refusesToSettleWhatIsNotOpen() throws Exception {
    try (var sandbox = open()) {
      sandbox.compile(ScriptDriver.script("await agent('p'); await agent('q');"));
      var guest = sandbox.start(new ScriptDriver(sandbox).launch());
      guest.next();
      guest.next();

      assertThrows(
          IllegalArgumentException.class, () -> guest.settle(2, ScriptDriver.resolved("1", 1)));
      guest.settle(1, ScriptDriver.resolved("1", 1));
      assertThrows(
          IllegalArgumentException.class, () -> guest.settle(1, ScriptDriver.resolved("1", 1)));
    }
  }

  @Test
  void refusesToStartWhatWasNotCompiled() throws Exception {
    try (var sandbox = open()) {
      assertThrows(
          IllegalStateException.class, () -> sandbox.start(new ScriptDriver(sandbox).launch()));
    }
  }

  @Test
  void refusesAFileOverTheLimitAndTakesOneAtTheLimit() throws Exception { // L1, C08
    String head = ScriptDriver.script("\n//").text();
    String full = head + "x".repeat(512 * 1024 - head.length());
    try (var sandbox = open()) {
      assertEquals(
          new Compilation.Rejected(
              List.of(
                  new ScriptFault(
                      "script_invalid",
                      "SyntaxError",
                      "the file has 524289 bytes; at most 524288 are allowed",
                      0,
                      0,
                      ""))),
          sandbox.compile(new ScriptSource("big.js", full + "x")));
      assertTrue(sandbox.compile(new ScriptSource("big.js", full)) instanceof Compilation.Compiled);
    }
  }

  @Test
  void closingEndsAGuestThatIsWaited() throws Exception {
    var sandbox = open();
    sandbox.compile(ScriptDriver.script("await agent('p');"));
    var guest = sandbox.start(new ScriptDriver(sandbox).launch());
    guest.next();
    guest.next();
    var closer = Thread.ofPlatform().start(sandbox::close);

    var end = assertThrows(SandboxException.class, guest::next);

    assertEquals("worker_died", end.code());
    assertTrue(closer.join(Duration.ofSeconds(20)));
  }
}
