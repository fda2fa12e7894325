package mimo.sandbox.graal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.Compilation;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuestEngineTest {

  private final GuestEngines engines = new GuestEngines(SandboxLimits.defaults());
  private final List<GuestEvent> events = new ArrayList<>();

  @AfterEach
  void close() {
    engines.close();
  }

  private GuestEngine engine() {
    return engines.open(events::add);
  }

  private static GuestLaunch launch(String seed) {
    return new GuestLaunch(
        List.of(ScriptDriver.library()), null, "{}", seed, ScriptDriver.CLOCK, 0);
  }

  @Test
  void refusesToStartOrSettleOutOfTurn() {
    try (var engine = engine()) {
      assertEquals(
          "no script was compiled",
          assertThrows(IllegalStateException.class, () -> engine.start(launch(ScriptDriver.SEED)))
              .getMessage());
      assertEquals(
          "no script was started",
          assertThrows(
                  IllegalStateException.class,
                  () -> engine.settle(1, ScriptDriver.resolved("1", 1)))
              .getMessage());
    }
  }

  @Test
  void aScriptIsStartedOnce() {
    try (var engine = engine()) {
      engine.compile(ScriptDriver.script("return 1;"));
      engine.start(launch(ScriptDriver.SEED));

      assertThrows(IllegalStateException.class, () -> engine.start(launch(ScriptDriver.SEED)));
      assertEquals(List.of(new GuestEvent.Finished("1")), events);
    }
  }

  @Test
  void refusesToSettleACallThatIsNotOpen() {
    try (var engine = engine()) {
      engine.compile(ScriptDriver.script("await agent('p');"));
      engine.start(launch(ScriptDriver.SEED));

      var failure =
          assertThrows(
              IllegalArgumentException.class,
              () -> engine.settle(2, ScriptDriver.rejected("code", "message")));

      assertEquals("call 2 is not open", failure.getMessage());
    }
  }

  @Test
  void aSeedHas64HexDigits() { // S13
    try (var engine = engine()) {
      engine.compile(ScriptDriver.script("return 1;"));

      var failure = assertThrows(IllegalArgumentException.class, () -> engine.start(launch("0g")));

      assertEquals("a seed is 64 hex digits, not \"0g\"", failure.getMessage());
    }
  }

  @Test
  void whatOnlyTheEngineRefusesIsRefusedBeforeAnyRun() { // S15
    try (var engine = engine()) {
      var refused = engine.compile(ScriptDriver.script("\nlog(1);\nreturn /(/;"));

      assertEquals(
          new Compilation.Rejected(
              List.of(
                  new ScriptFault(
                      "script_invalid", "SyntaxError", "Unterminated group", 3, 11, ""))),
          refused);
      assertEquals(List.of(), events);
    }
  }

  @Test
  void whatTheLibrarySaysByItselfStandsNowhereInTheScript() { // L112
    var library =
        new ScriptSource(
            "l.js",
            """
            wf.note('log', {at: 'loading'});
            Promise.resolve().then(() => wf.note('log', {at: 'running'}));
            """);
    try (var engine = engine()) {
      engine.compile(ScriptDriver.script("await null;"));
      engine.start(
          new GuestLaunch(List.of(library), null, "{}", ScriptDriver.SEED, ScriptDriver.CLOCK, 0));

      var nowhere = new Position(0, 0);
      assertEquals(
          List.of(
              new GuestEvent.Noted("log", "{\"at\":\"loading\"}", "", "{}", nowhere),
              new GuestEvent.Noted("log", "{\"at\":\"running\"}", "", "{}", nowhere),
              new GuestEvent.Finished("null")),
          events);
    }
  }

  @Test
  void aBodyThatHasReachedNoAwaitWaitsNowhere() { // L111
    try (var engine = engine()) {
      engine.compile(
          ScriptDriver.script("const ask = async () => { await agent('p'); }; return ask();"));
      engine.start(launch(ScriptDriver.SEED));

      assertEquals(new GuestEvent.Idle(null), events.getLast());
    }
  }

  @Test
  void aScriptThatHasEndedSaysNothingMore() {
    try (var engine = engine()) {
      engine.compile(
          ScriptDriver.script("agent('p').then(() => { log('late'); agent('q'); }); return 1;"));
      engine.start(launch(ScriptDriver.SEED));
      assertEquals(new GuestEvent.Finished("1"), events.getLast());
      int said = events.size();

      engine.settle(1, ScriptDriver.resolved("2", 1));

      assertEquals(said, events.size(), events::toString);
    }
  }

  @Test
  void aResultIsMeasuredInBytesAndNotInCharacters() { // S7
    var limits = SandboxLimits.defaults().withValues(values -> values.withValue(100, 64));
    try (var small = new GuestEngines(limits);
        var engine = small.open(events::add)) {
      engine.compile(ScriptDriver.script("return '\u00e9'.repeat(60);"));
      engine.start(launch(ScriptDriver.SEED));

      var failed = assertInstanceOf(GuestEvent.Failed.class, events.getLast());
      assertEquals("value_too_large", failed.fault().code());
    }
  }

  @Test
  void aBrokenLibraryIsNeverTaken() {
    assertThrows(
        IllegalArgumentException.class,
        () -> engines.shelve(new ScriptSource("l.js", "wf.define(")));
  }
}
