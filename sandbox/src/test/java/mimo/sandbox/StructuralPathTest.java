package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mimo.sandbox.testing.ScriptDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The path of a call does not depend on which answer comes first: a battery of the ways in which
/// code waits, each call knowing the path it must have, under random orders of answering.
class StructuralPathTest {

  @ParameterizedTest(name = "order {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyCallHasItsPathInEveryOrderOfAnswers(long order) throws Exception { // L125, L126, C64
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var outcome =
          new ScriptDriver(sandbox)
              .shuffled(order)
              .run(ScriptDriver.resource("/mimo/sandbox/battery.js"));

      assertEquals(List.of(), wrong(outcome.calls()), "with the order of seed " + order);
      assertEquals("\"done\"", outcome.value());
      assertTrue(snippets(outcome.calls()).size() >= 23, "the battery lost snippets");
    }
  }

  @Test
  void askingAGeneratorOfAnotherPlaceLeavesTheAskersPath() throws Exception { // L126
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var outcome =
          new ScriptDriver(sandbox)
              .run(
                  """
                  async function* steps() { yield 1; await agent("steps|"); }
                  const outside = steps();
                  await outside.next();
                  await parallel([async () => { outside.next(); await agent("asker|p0"); }]);
                  return "done";
                  """);

      assertEquals(List.of(), wrong(outcome.calls()));
      assertEquals(List.of(1, 2), outcome.calls().stream().map(GuestEvent.Called::call).toList());
    }
  }

  private static List<String> wrong(List<GuestEvent.Called> calls) {
    return calls.stream()
        .filter(call -> !wanted(call).endsWith("|" + call.path()))
        .map(call -> wanted(call) + " was made in " + call.path() + " at " + call.position())
        .toList();
  }

  private static Set<String> snippets(List<GuestEvent.Called> calls) {
    return calls.stream()
        .map(call -> wanted(call).replaceFirst("\\|.*", ""))
        .collect(Collectors.toSet());
  }

  private static String wanted(GuestEvent.Called call) {
    return call.arguments().replaceFirst("^\\{\"prompt\":\"(.*)\"}$", "$1");
  }
}
