package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import mimo.sandbox.Compilation.Compiled;
import mimo.sandbox.Compilation.Reference;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a script uses of what it does not declare, and which scripts it runs (L115, L121).
class FreeNamesTest {

  private static final String META = "export const meta = {name: 't', description: 'd'};\n";

  private static Compiled compiled(String body) {
    var outcome = new ScriptCompiler(512 * 1024).compile(new ScriptSource("s.js", META + body));
    return assertInstanceOf(Accepted.class, outcome).script().compiled();
  }

  private static Reference reference(String name, int line, int column) {
    return new Reference(name, new Position(line, column));
  }

  @Test
  void aNameIsFreeWhereNothingDeclaresIt() {
    assertEquals(
        List.of(reference("agent", 2, 7), reference("b", 2, 13), reference("log", 3, 18)),
        compiled("await agent(b, {c: 1});\nconst f = (d) => log(d.e, agent, f, this);").free());
  }

  @Test
  void theScriptsAProgramRunsAreKnownByTheirTexts() {
    assertEquals(
        List.of(reference("review", 2, 16), reference("./b.js", 3, 10), reference("c", 4, 10)),
        compiled("await workflow('review', {a: 1});\nworkflow(\"./b.js\")\nworkflow(`c`)")
            .scripts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workflow()",
        "workflow(name)",
        "workflow(1)",
        "workflow(`a${b}`)",
        "workflow('a' + b)",
        "run('a')",
        "x.workflow('a')",
        "const workflow = (a) => a; workflow('a')",
        "import {workflow} from './a.js'; workflow('a')"
      })
  void whatOnlyARunCanTellIsNoScript(String body) {
    assertEquals(List.of(), compiled(body).scripts());
  }

  @Test
  void noScriptHasANameOfHundredsOfCharacters() {
    assertEquals(1, compiled("workflow('" + "x".repeat(256) + "')").scripts().size());
    assertEquals(List.of(), compiled("workflow('" + "x".repeat(257) + "')").scripts());
  }

  @Test
  void theOptionsOfAgentsAreKnownByTheirNames() { // L121
    assertEquals(
        List.of(reference("label", 2, 13), reference("model", 2, 46), reference("prompt", 3, 8)),
        compiled(
                """
                agent('a', {label: 1, ...more, [key]: 2, get model() { return 'm' }})
                agent({prompt: 'b', 'label': 2}); other({c: 1}); agent('c', d, {e: 1})
                """)
            .options());
  }

  @Test
  void noOptionHasANameOfHundredsOfCharacters() { // L121
    assertEquals(1, compiled("agent('a', {" + "x".repeat(100) + ": 1})").options().size());
    assertEquals(List.of(), compiled("agent('a', {" + "x".repeat(101) + ": 1})").options());
  }
}
