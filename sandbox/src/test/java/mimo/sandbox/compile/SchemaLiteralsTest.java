package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import mimo.sandbox.Compilation.SchemaLiteral;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which schemas are certain before a script runs (L115).
class SchemaLiteralsTest {

  private static final String META = "export const meta = {name: 't', description: 'd'};\n";
  private static final ScriptCompiler COMPILER = new ScriptCompiler(512 * 1024);

  private static List<SchemaLiteral> schemas(String body) {
    var outcome = COMPILER.compile(new ScriptSource("s.js", META + body));
    return assertInstanceOf(Accepted.class, outcome).script().compiled().schemas();
  }

  private static List<SchemaLiteral> moduleSchemas(String text) {
    var outcome = COMPILER.compileModule(new ScriptSource("m.js", text));
    return assertInstanceOf(Accepted.class, outcome).script().compiled().schemas();
  }

  private static SchemaLiteral schema(String json, int line, int column) {
    return new SchemaLiteral(json, new Position(line, column));
  }

  @Test
  void aLiteralInTheCallIsCertain() {
    assertEquals(
        List.of(
            schema("{\"type\":\"object\",\"required\":[\"a\"]}", 2, 30),
            schema("{\"minimum\":-1,\"x\":[true,null,1.5]}", 3, 43)),
        schemas(
            """
            await agent('a', {'schema' : {type: 'object', /* c */ "required": ['a',],}, label: 1});
            const f = () => agent({prompt: x, schema: {minimum: -1, x: [true, null, 1.5]}})
            """));
  }

  @Test
  void aConstantThatNothingCanChangeIsCertain() {
    assertEquals(
        List.of(schema("{\"type\":\"x\"}", 2, 15)),
        schemas(
            """
            const SHAPE = {type: 'x'};
            await parallel([() => agent('a', {schema: SHAPE}), () => agent('b', {schema: SHAPE})]);
            await agent(`like ${JSON.stringify(SHAPE, null, 2)}`);
            """));
    assertEquals(
        List.of(schema("{\"type\":\"x\"}", 3, 18)),
        schemas("async function f() {\n  const schema = {type: 'x'};\n  agent('a', {schema}) }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent('a', {schema: {type}})",
        "agent('a', {schema: {type: f()}})",
        "agent('a', {schema: {type: 'a' + 'b'}})",
        "agent('a', {schema: {type: `a`}})",
        "agent('a', {schema: {...b}})",
        "agent('a', {schema: {[k]: 1}})",
        "agent('a', {schema: {get type() { return 1 }}})",
        "agent('a', {schema: {__proto__: {type: 'x'}}})",
        "agent('a', {schema: {items: {__proto__: {type: 'x'}}}})",
        "agent('a', {schema: {anyOf: [{type: 'x'}, {__proto__: {type: 'x'}}]}})",
        "agent('a', {schema: {type: 'x'}.y})",
        "agent('a', {schema: c ? {type: 'x'} : {}})",
        "agent('a', {schema: {type: 'x'}, ...more})",
        "agent('a', {...more, schema: {type: 'x'}})",
        "agent('a', {schema: {type: 'x'}, [k]: 1})",
        "agent('a', {schema() {}})",
        "agent('a', {get schema() { return {type: 'x'} }})",
        "agent('a', more, {schema: {type: 'x'}})",
        "agent(...a, {schema: f({type: 'x'})})",
        "own('a', {schema: {type: 'x'}})",
        "a.agent('a', {schema: {type: 'x'}})",
        "const agent = (a) => a; agent('a', {schema: {type: 'x'}})",
        "function f(agent) { agent('a', {schema: {type: 'x'}}) }",
        "let S = {type: 'x'}; agent('a', {schema: S})",
        "var S = {type: 'x'}; agent('a', {schema: S})",
        "const S = {type: t}; agent('a', {schema: S})",
        "const S = {type: 'x'}; S.type = 'object'; agent('a', {schema: S})",
        "const S = {type: 'x'}; f(S); agent('a', {schema: S})",
        "const S = {type: 'x'}; const T = S; agent('a', {schema: S})",
        "const S = {type: 'x'}; delete S.type; agent('a', {schema: S})",
        "const S = {type: 'x'}; { const S = {}; } agent('a', {schema: S})",
        "const S = {type: 'x'}; function f(S) { return agent('a', {schema: S}) }",
        "const S = {type: 'x'}; const f = ({S}) => agent('a', {schema: S})",
        "const S = {type: 'x'}; try {} catch (S) { agent('a', {schema: S}) }",
        "const S = {type: 'x'}; class A { static S = S } agent('a', {schema: S})",
        "const S = {type: 'x'}; const {a = S} = {}; agent('a', {schema: S})",
        "const S = {type: 'x'}; const JSON = {stringify: f}; JSON.stringify(S);"
            + " agent('a', {schema: S})",
        "const S = {type: 'x'}; JSON.stringify(); JSON.parse(S); agent('a', {schema: S})",
        "const {S} = {S: {type: 'x'}}; agent('a', {schema: S})",
        "for (const S of [{type: 'x'}]) agent('a', {schema: S})",
        "log(\"agent('a', {schema: {type: 'x'}})\") // agent('a', {schema: {type: 'x'}})"
      })
  void whatOnlyARunCanTellIsNot(String body) {
    assertEquals(List.of(), schemas(body));
  }

  @Test
  void schemasAreToldUpToTheRoomTheyHaveInAFrame() { // S6
    var tooLong = "{description: '" + "\u0001".repeat(20_000) + "'}";

    var told = schemas(("agent('a', {schema: " + tooLong + "});\n").repeat(20));

    assertEquals(8, told.size());
  }

  @Test
  void anImportedAgentIsNotOurs() {
    assertEquals(
        List.of(), schemas("import {agent} from './a.js';\nagent('a', {schema: {type: 'x'}})"));
    assertEquals(List.of(), schemas("import {S} from './a.js';\nagent('a', {schema: S})"));
  }

  @Test
  void inALibraryWhatIsExportedMayBeChangedElsewhere() {
    assertEquals(
        List.of(schema("{\"type\":\"x\"}", 1, 36), schema("{\"type\":\"y\"}", 2, 13)),
        moduleSchemas(
            """
            const f = () => agent('', {schema: {type: 'x'}})
            const OWN = {type: 'y'}
            export const SEEN = {type: 'z'}
            const NAMED = {type: 'z'}
            export { NAMED as other }
            export const h = () => agent('', {schema: OWN})
            export const i = () => agent('', {schema: SEEN})
            export const j = () => agent('', {schema: NAMED})
            """));
  }
}
