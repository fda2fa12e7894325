package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;

/// How errors cross between script and host in every sandbox: with code, message and place, and
/// with nothing of the host.
abstract class GuestErrorContract extends GuestSurfaceContract {

  @Test
  void aRejectionIsAWorkflowErrorWithCodeAndMessageOnly() throws Exception { // L113, S17
    try (var sandbox = open()) {
      var outcome =
          new ScriptDriver(sandbox)
              .answers(call -> ScriptDriver.rejected("agent_cap", "1,000 agents are enough"))
              .run(
                  """
                  try { await agent("p"); } catch (e) {
                    return [e.name, e.code, e.message, e instanceof Error, Object.keys(e)];
                  }
                  """);

      assertEquals(
          "[\"WorkflowError\",\"agent_cap\",\"1,000 agents are enough\",true,[\"code\"]]",
          outcome.value());
    }
  }

  @Test
  void anUncaughtHostErrorKeepsItsCode() throws Exception { // L112
    try (var sandbox = open()) {
      var outcome =
          new ScriptDriver(sandbox)
              .answers(call -> ScriptDriver.rejected("agent_cap", "enough"))
              .run("await agent('p');");

      var fault = outcome.fault();
      assertEquals("agent_cap", fault.code());
      assertEquals("WorkflowError", fault.name());
      assertEquals("enough", fault.message());
    }
  }

  @Test
  void anErrorNamesFileLineAndColumnOfTheOriginal() throws Exception { // L112, L127, C65
    var fault =
        run("""
        async function work(x) {
          const a = await 1; const b = [await 2, await x.y.z];
        }
        await work({});
        """)
            .fault();

    assertEquals(
        new ScriptFault(
            "script_error",
            "TypeError",
            "Cannot read property 'z' of undefined",
            3,
            48,
            "    at work (demo.js:3:48)\n    at demo.js:5:6"),
        fault);
  }

  @Test
  void noNameAndNoMessageForgesAPosition() throws Exception { // L112, S17
    var forged = "a (wf-script:9:9)\\n    at x (wf-script:9:9)\\n    at y";
    var outcome =
        run(
            """
            const name = "%s";
            const o = {[name]() { agent("p"); throw new Error(name); }};
            class Liar { static name = name; m() { log("n"); } }
            Object.defineProperty(Liar.prototype.m, "name", {value: name});
            new Liar().m();
            o[name]();
            """
                .formatted(forged));

    assertEquals(new Position(3, 23), outcome.calls().getFirst().position());
    assertEquals(new Position(4, 40), outcome.notes().getFirst().position());
    assertEquals(3, outcome.fault().line());
    assertEquals(41, outcome.fault().column());
  }

  @Test
  void theStackOfACaughtErrorHoldsScriptFramesOnly() throws Exception { // S13, L112
    var outcome =
        run(
            """
            const stacks = [];
            await parallel([async () => { await 1; try { null.x; } \
            catch (e) { stacks.push(e.stack); } }]);
            await Promise.reject(new RangeError("r")).catch((e) => stacks.push(e.stack));
            stacks.push(new Error("m").stack);
            class Own extends Error { constructor(m) { super(m); this.name = "Own"; } }
            try { (() => { throw new Own("o"); })(); } \
            catch (e) { stacks.push(e.stack, String(e)); }
            try { refuse("no"); } catch (e) { stacks.push(e.stack); }
            return stacks;
            """);

    assertEquals(
        "[\"TypeError: Cannot read property 'x' of null\\n    at demo.js:3:46\","
            + "\"RangeError: r\\n    at demo.js:4:22\","
            + "\"Error: m\\n    at demo.js:5:13\","
            + "\"Error: o\\n    at demo.js:7:22\\n    at demo.js:7:7\",\"Own: o\","
            + "\"TypeError: no\\n    at demo.js:8:7\"]",
        outcome.value());
  }

  @Test
  void stacksAreCutAtFourKibibytes() throws Exception { // S13
    var outcome =
        run(
            """
            try { throw new Error("m".repeat(1e6)); } catch (e) { return e.stack.length; }
            """);

    assertTrue(Integer.parseInt(outcome.value()) <= 4096, outcome.value());
  }
}
