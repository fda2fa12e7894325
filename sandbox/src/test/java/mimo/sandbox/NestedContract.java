package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.GuestEvent.Called;
import mimo.sandbox.GuestEvent.Finished;
import mimo.sandbox.GuestEvent.Idle;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;

/// What a script's place beside another one promises, in a process or not (L44).
abstract class NestedContract {

  abstract Sandbox open() throws Exception;

  private static Guest started(Sandbox sandbox, String body) throws InterruptedException {
    assertInstanceOf(Compilation.Compiled.class, sandbox.compile(ScriptDriver.script("\n" + body)));
    return sandbox.start(new ScriptDriver(sandbox).launch());
  }

  /// What the guest does until it stands still or ends.
  private static List<GuestEvent> heard(Guest guest) throws InterruptedException {
    var events = new ArrayList<GuestEvent>();
    while (true) {
      var event = guest.next();
      events.add(event);
      if (event instanceof Idle
          || event instanceof Finished
          || event instanceof GuestEvent.Failed) {
        return events;
      }
    }
  }

  private static int call(List<GuestEvent> events) {
    return assertInstanceOf(Called.class, events.getFirst()).call();
  }

  @Test
  void guestsTakeTurns() throws Exception {
    try (var sandbox = open()) {
      var outer = started(sandbox, "return 'outer ' + await agent('p') + await agent('q');");
      int first = call(heard(outer));
      var nested = sandbox.nested();
      var inner = started(nested, "return 'inner ' + await agent('r');");
      int only = call(heard(inner));

      outer.settle(first, ScriptDriver.resolved("1", 1));
      int second = call(heard(outer));
      inner.settle(only, ScriptDriver.resolved("2", 2));

      assertEquals(List.of(new Finished("\"inner 2\"")), heard(inner));
      nested.close();
      outer.settle(second, ScriptDriver.resolved("3", 3));
      assertEquals(List.of(new Finished("\"outer 13\"")), heard(outer));
      assertEquals(List.of(1, 2, 1), List.of(first, second, only));
    }
  }

  @Test
  void realmsShareNothing() throws Exception { // S9
    try (var sandbox = open()) {
      var outer =
          started(
              sandbox,
              """
              try { globalThis.leak = 1; } catch {}
              try { Object.prototype.leak = 1; } catch {}
              try { agent.leak = 1; } catch {}
              await agent('p');
              return Math.random();
              """);
      int call = call(heard(outer));
      var nested = sandbox.nested();

      var inner =
          started(
              nested,
              "return [typeof leak, {}.leak === undefined, agent.leak === undefined,"
                  + " Math.random()];");

      var random =
          "0."
              + ((Finished) heard(inner).getLast())
                  .value()
                  .replaceFirst(".*,0\\.", "")
                  .replace("]", "");
      outer.settle(call, ScriptDriver.resolved("1", 1));
      assertEquals(random, ((Finished) heard(outer).getLast()).value());
    }
  }

  @Test
  void aRealmIsGivenUpWhateverItsScriptWaitsFor() throws Exception {
    try (var sandbox = open()) {
      var outer = started(sandbox, "return await agent('p');");
      int call = call(heard(outer));
      for (int i = 0; i < 3; i++) {
        var nested = sandbox.nested();
        heard(started(nested, "await agent('never');"));
        nested.close();
        nested.close();
      }

      outer.settle(call, ScriptDriver.resolved("1", 1));

      assertEquals(List.of(new Finished("1")), heard(outer));
    }
  }

  @Test
  void aRealmThatTookNoScriptIsGivenUpToo() throws Exception {
    try (var sandbox = open()) {
      var outer = started(sandbox, "return await agent('p');");
      int call = call(heard(outer));

      sandbox.nested().close();

      outer.settle(call, ScriptDriver.resolved("1", 1));
      assertEquals(List.of(new Finished("1")), heard(outer));
    }
  }

  @Test
  void whatARealmRefusesConcernsNoOther() throws Exception { // S15
    try (var sandbox = open()) {
      var outer = started(sandbox, "return await agent('p');");
      int call = call(heard(outer));
      var broken = sandbox.nested();

      assertInstanceOf(
          Compilation.Rejected.class, broken.compile(ScriptDriver.script("return 1 +;")));

      broken.close();
      var thrower = sandbox.nested();
      var failed =
          assertInstanceOf(
              GuestEvent.Failed.class,
              heard(started(thrower, "\n  throw new Error('x');")).getLast());
      assertEquals("3:9", failed.fault().line() + ":" + failed.fault().column());
      outer.settle(call, ScriptDriver.resolved("1", 1));
      assertEquals(List.of(new Finished("1")), heard(outer));
    }
  }

  @Test
  void aRealmMayOpenAnother() throws Exception {
    try (var sandbox = open()) {
      heard(started(sandbox, "await agent('p');"));
      var nested = sandbox.nested();
      heard(started(nested, "await agent('p');"));

      var inner = nested.nested();

      assertEquals(List.of(new Finished("7")), heard(started(inner, "return 7;")));
      assertEquals(sandbox.confinement(), inner.confinement());
    }
  }

  @Test
  void eachPlaceTakesOneScriptAndIsThereOnceTheFirstHasStarted() throws Exception {
    try (var sandbox = open()) {
      assertEquals(
          "nothing was started yet",
          assertThrows(IllegalStateException.class, sandbox::nested).getMessage());
      heard(started(sandbox, "await agent('p');"));
      var nested = sandbox.nested();
      heard(started(nested, "return 1;"));

      assertEquals(
          "a sandbox compiles one script",
          assertThrows(
                  IllegalStateException.class,
                  () -> nested.compile(ScriptDriver.script("return 1;")))
              .getMessage());
      assertEquals(
          "the script was started already",
          assertThrows(
                  IllegalStateException.class,
                  () -> nested.start(new ScriptDriver(nested).launch()))
              .getMessage());
    }
  }

  @Test
  void closingTheSandboxEndsEveryGuest() throws Exception {
    var sandbox = open();
    var outer = started(sandbox, "await agent('p');");
    heard(outer);
    var inner = started(sandbox.nested(), "await agent('p');");
    heard(inner);

    sandbox.close();

    for (var guest : List.of(outer, inner)) {
      assertEquals("worker_died", assertThrows(SandboxException.class, guest::next).code());
    }
  }
}
