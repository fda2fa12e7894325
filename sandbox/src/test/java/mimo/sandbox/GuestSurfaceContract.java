package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import mimo.sandbox.testing.ScriptDriver;
import mimo.sandbox.testing.ScriptDriver.Outcome;
import org.junit.jupiter.api.Test;

/// What a script finds inside every sandbox: clock, randomness, names, and a realm that is frozen.
abstract class GuestSurfaceContract {

  abstract Sandbox open(SandboxLimits limits);

  Sandbox open() {
    return open(SandboxLimits.defaults());
  }

  Outcome run(String body) throws InterruptedException {
    try (var sandbox = open()) {
      return new ScriptDriver(sandbox).run(body);
    }
  }

  @Test
  void theClockStandsStillBetweenDeliveries() throws Exception { // L32
    var outcome =
        run(
            """
            const first = Date.now();
            for (let i = 0; i < 1e5; i++);
            const same = [Date.now(), +new Date(), new Date(first).getTime()];
            await agent("p");
            return [same.every((t) => t === first), Date.now() - first, typeof Date(),
              new Date(2020, 1, 2).toISOString(), Date.length, new Date() instanceof Date];
            """);

    assertEquals("[true,1000,\"string\",\"2020-02-02T00:00:00.000Z\",7,true]", outcome.value());
  }

  @Test
  void theClockNeverGoesBack() throws Exception { // L32
    try (var sandbox = open()) {
      var outcome =
          new ScriptDriver(sandbox)
              .answers(call -> ScriptDriver.resolved("1", -5))
              .run("const t = Date.now(); await agent('p'); return Date.now() - t;");

      assertEquals("0", outcome.value());
    }
  }

  @Test
  void randomnessComesFromTheSeed() throws Exception { // L33
    String body =
        """
        return [Math.random(), Math.random(), crypto.randomUUID(),
          Object.getOwnPropertyNames(crypto)];
        """;

    String one = run(body).value();
    String same = run(body).value();
    String other;
    try (var sandbox = open()) {
      other = new ScriptDriver(sandbox).seed("ff".repeat(32)).run(body).value();
    }

    assertEquals(one, same);
    assertNotEquals(one, other);
    assertTrue(
        one.matches(
            "\\[0\\.\\d+,0\\.\\d+,\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                + "[0-9a-f]{12}\",\\[\"randomUUID\"]]"),
        one);
  }

  @Test
  void localeAndZoneAreFixed() throws Exception { // L35
    var outcome =
        run(
            """
            const d = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));
            return [typeof Intl, (1234567.891).toLocaleString(), d.toLocaleString()\
            .replace(/\\s/g, " "),
              d.toLocaleDateString(), d.getTimezoneOffset(), "I".toLocaleLowerCase(),
              ["b", "a", "C"].sort((x, y) => x.localeCompare(y))];
            """);

    assertEquals(
        "[\"undefined\",\"1,234,567.891\",\"1/2/2026, 3:04:05 AM\",\"1/2/2026\",0,\"i\","
            + "[\"a\",\"b\",\"C\"]]",
        outcome.value());
  }

  @Test
  void forbiddenNamesAreUndefined() throws Exception { // L34, S10
    var outcome =
        run(
            """
            return [typeof eval, typeof Function, typeof WeakRef, typeof FinalizationRegistry,
              typeof AsyncContext, typeof SharedArrayBuffer, typeof Atomics, typeof WebAssembly,
              typeof fetch, typeof require, typeof setInterval, typeof performance, typeof Java,
              typeof java, typeof Packages, typeof Polyglot, typeof Graal, typeof load,
              typeof print, typeof console, typeof Intl, typeof Temporal, typeof arguments,
              typeof RegExp.$1, typeof RegExp.lastMatch, typeof RegExp.input]
              .filter((t) => t !== "undefined");
            """);

    assertEquals("[]", outcome.value());
  }

  @Test
  void functionConstructorsThrow() throws Exception { // L34, S10
    var outcome =
        run(
            """
            const makers = [() => 0, async () => 0, function* () {}, async function* () {}]
              .map((f) => Object.getPrototypeOf(f).constructor);
            return makers.map((m) => { try { m("return 1")(); return "ran"; } catch (e) {
              return "threw"; } });
            """);

    assertEquals("[\"threw\",\"threw\",\"threw\",\"threw\"]", outcome.value());
  }

  @Test
  void aScriptMayDeclareNamesOfTheApiButNotAssignThem() throws Exception { // L11
    var outcome =
        run(
            """
            const fails = (f) => { try { f(); return "no"; } catch (e) { return e.name; } };
            const found = [
              fails(() => { agent = 1; }), fails(() => { tools.x = 1; }),
              fails(() => { tools.nested.list.push(3); }), fails(() => { tools.run.y = 1; }),
              fails(() => { args = 1; }), fails(() => { undeclared = 1; }),
              fails(() => { settings.a = 2; }),
            ];
            {
              const agent = () => "mine"; let log = 1; function parallel() { return "own"; }
              found.push(agent(), log, parallel());
            }
            args.list.push(2);
            found.push(args.list);
            return found;
            """,
            "{\"list\":[1]}");

    assertEquals(
        "[\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\","
            + "\"ReferenceError\",\"TypeError\",\"mine\",1,\"own\",[1,2]]",
        outcome.value());
  }

  Outcome run(String body, String arguments) throws InterruptedException {
    try (var sandbox = open()) {
      return new ScriptDriver(sandbox).arguments(arguments).settings("{\"a\":1}").run(body);
    }
  }

  @Test
  void argumentsAreUndefinedWhenNotGivenAndATextStaysAText() throws Exception { // L12
    assertEquals("\"undefined\"", run("return typeof args;").value());
    assertEquals("\"{}\"", run("return args;", "\"{}\"").value());
    assertEquals("[null]", run("return [args];", "null").value());
  }

  @Test
  void subclassesAndOwnOverridesWorkInTheFrozenRealm() throws Exception { // S12
    var outcome =
        run(
            """
            class Mine extends Map { get(k) { return "got " + super.get(k); } }
            const o = {}; o.toString = () => "own"; o.constructor = 1; o.valueOf = () => 7;
            function Old() {} Old.prototype = Object.create(Error.prototype);
            Old.prototype.constructor = Old; Old.prototype.name = "Old";
            const e = new Old(); e.message = "m";
            const a = [1]; a.push = () => "pushed"; a.toString = () => "arr";
            const kept = new Date(); kept.toString = () => "date";
            return [new Mine([[1, 2]]).get(1), `${o}`, o.constructor, o + 1, String(e),
              a.push(2), `${a}`, `${kept}`, Object.prototype.toString.call(null)];
            """);

    assertEquals(
        "[\"got 2\",\"own\",1,8,\"Old: m\",\"pushed\",\"arr\",\"date\",\"[object Null]\"]",
        outcome.value());
  }

  @Test
  void inheritedNamesCannotBeAssignedToAFrozenObject() throws Exception { // S12
    var outcome =
        run(
            """
            const fails = (f) => { try { f(); return "no"; } catch (e) { return e.name; } };
            return [fails(() => { Object.freeze({}).toString = 1; }),
              fails(() => { Object.preventExtensions({}).constructor = 1; })];
            """);

    assertEquals("[\"TypeError\",\"TypeError\"]", outcome.value());
  }

  @Test
  void aThrownObjectThatIsNoErrorKeepsItsStack() throws Exception { // S13
    var outcome = run("try { throw {stack: 'pile', v: 1}; } catch (e) { return e; }");

    assertEquals("{\"stack\":\"pile\",\"v\":1}", outcome.value());
  }

  @Test
  void callsAtTheEndOfTheStackAreMadeOrNotMade() throws Exception {
    var outcome =
        run(
            """
            let made = 0;
            function deep() {
              try { deep(); } catch (e) {
                if (made < 40) { agent("x"); made++; }
                throw e;
              }
            }
            try { deep(); } catch (e) { log(e.name); }
            await agent("last");
            return made;
            """);

    var numbers = outcome.calls().stream().map(GuestEvent.Called::call).toList();
    assertEquals(IntStream.rangeClosed(1, 41).boxed().toList(), numbers);
    assertEquals("40", outcome.value());
  }

  @Test
  void everyReachableIntrinsicIsFrozen() throws Exception { // S12
    var outcome = run(ScriptDriver.resource("/mimo/sandbox/frozen-walk.js"));

    assertEquals("[[],true]", outcome.value());
  }
}
