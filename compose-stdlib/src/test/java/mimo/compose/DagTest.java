package mimo.compose;

import static mimo.compose.testing.Scripts.run;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.Loss;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `dag`: work with dependencies (L43; C35).
final class DagTest {

  private static final String ASK =
      """
      const ask = (node) => agent('x', { label: node.id });
      const n = (id, ...dependsOn) => ({ id, dependsOn });
      """;

  @Test
  void aNodeGetsTheResultsOfItsDependencies() throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        run(
            ASK
                + """
                return await dag([n('c', 'b', 'a'), { id: 'a' }, n('b', 'a')],
                  async (node, deps) =>
                    [await ask(node), deps.map((d) => d.id + '=' + d.result[0])]);
                """,
            run);

    assertEquals(
        "[{\"id\":\"c\",\"result\":[\"c\",[\"b=b\",\"a=a\"]]},{\"id\":\"a\",\"result\":[\"a\",[]]},"
            + "{\"id\":\"b\",\"result\":[\"b\",[\"a=a\"]]}]",
        value(result));
    assertEquals(List.of("a @ da", "b @ db", "c @ dc"), run.places());
  }

  @Test
  void aNodeStartsOnceItsOwnDependenciesHaveEnded() throws InterruptedException {
    var run =
        new ScriptedRun(
            Order.NEWEST_FIRST,
            request -> new StepOutcome.Completed("\"" + request.label() + "\""));

    run(ASK + "await dag([n('slow'), n('fast'), n('next', 'fast'), n('last', 'next')], ask);", run);

    var labels = run.requests().stream().map(request -> request.label()).toList();
    assertEquals(List.of("slow", "fast", "next", "last"), labels);
    assertEquals(List.of(), run.said());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "nodes"                  | dag: nodes must be an array
          [7]                      | dag: the id of node 0 must be a non-empty string
          [n('a'), n('')]          | dag: the id of node 1 must be a non-empty string
          [n('a'), n('a')]         | dag: two nodes have the id "a"
          [n('a', 'a')]            | dag: "a" depends on itself
          [n('a', 'b')]            | dag: "a" depends on "b", which no node is called
          [{id: 'a', dependsOn: 1}] | dag: dependsOn of "a" must be an array
          [n('a', 'b'), n('b', 'c'), n('c', 'b'), n('d')] | dag: a cycle: b -> c -> b
          """)
  void badNodesAreRefusedBeforeAnyCall(String nodes, String message) throws InterruptedException {
    var run = ScriptedRun.answering();

    var result =
        run(
            ASK + "return await dag(" + nodes + ", ask).catch((e) => e.code + ' ' + e.message);",
            run);

    assertEquals(
        "bad_argument " + message, value(result).replaceAll("^\"|\"$", "").replace("\\\"", "\""));
    assertEquals(List.of(), run.requests());
  }

  @Test
  void whatDependsOnALostNodeDoesNotRunL43L107() throws InterruptedException {
    var run = ScriptedRun.answering("soft: !timeout");

    var result =
        run(
            ASK
                + """
                const all = await dag(
                  [n('bad'), n('b', 'bad'), n('c', 'b'), n('soft'), n('d', 'soft'), n('e')],
                  (node) => { if (node.id === 'bad') throw new Error('no'); return ask(node); });
                return [all.map((each) => each.id + ':' + each.result), all.losses];
                """,
            run);

    assertEquals(
        new WorkflowResult.Finished(
            "[[\"bad:null\",\"b:null\",\"c:null\",\"soft:null\",\"d:d\",\"e:e\"],["
                + "{\"index\":0,\"label\":\"dag[bad]\",\"reason\":\"thrown\"},"
                + "{\"index\":1,\"label\":\"dag[b]\",\"reason\":\"dependency\"},"
                + "{\"index\":2,\"label\":\"dag[c]\",\"reason\":\"dependency\"},"
                + "{\"index\":3,\"label\":\"soft\",\"reason\":\"timeout\"}]]",
            List.of(new Loss(0, "dag[bad]", "", "thrown"), new Loss(1, "soft", "", "timeout"))),
        result);
    assertEquals(
        List.of(
            "lost dag[bad]: no",
            "lost dag[b]: it depends on \"bad\"",
            "lost dag[c]: it depends on \"b\""),
        run.said());
  }

  @Test
  void aThrowRejectsTheWholeBatchInMimocodeL22() throws InterruptedException {
    var result =
        run(
            ASK
                + "return await dag([n('a'), n('b', 'a')], () => { throw new Error('no'); })"
                + ".catch((e) => e.message);",
            ScriptedRun.answering(),
            Dialect.MIMOCODE);

    assertEquals("\"no\"", value(result));
  }
}
