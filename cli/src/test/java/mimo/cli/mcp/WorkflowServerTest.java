package mimo.cli.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mimo.agent.json.Json;
import mimo.cli.script.Scripts;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.Histories;
import mimo.cli.testing.OneBuiltin;
import mimo.cli.testing.ScriptedRuns;
import mimo.engine.RunResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// mimo as a server, over two pipes.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class WorkflowServerTest {

  private static final int PIPE = 1 << 16;
  private static final String SCRIPT =
      "export const meta = { name: 'evil', description: 'Does evil.' };\nreturn 1;\n";

  @TempDir private Path folder;
  private PipedOutputStream toIt;
  private BufferedReader fromIt;
  private Thread serving;
  private WorkflowServer server;

  @BeforeEach
  void serve() throws Exception {
    var runs =
        new ScriptedRuns(
            List.of(),
            Histories.completedWithLosses(),
            new RunResult.Completed(ScriptedRuns.RUN, "42", List.of(), Map.of()));
    var scripts = new Scripts(folder, folder.resolve("own"), new OneBuiltin(), Admissions.WARY);
    server = new WorkflowServer(new ServedWorkflows(() -> runs, scripts), "1.0");
    var in = new PipedInputStream(PIPE);
    toIt = new PipedOutputStream(in);
    var out = new PipedInputStream(PIPE);
    fromIt = new BufferedReader(new InputStreamReader(out, UTF_8));
    var written = new PipedOutputStream(out);
    serving =
        Thread.ofPlatform()
            .start(() -> {
              try {
                server.serve(in, written);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @AfterEach
  void end() throws Exception {
    toIt.close();
    serving.join();
    server.close();
  }

  private void say(String line) throws Exception {
    toIt.write((line + "\n").getBytes(UTF_8));
    toIt.flush();
  }

  private JsonNode heard() throws Exception {
    return Json.parse(fromIt.readLine());
  }

  private JsonNode asked(String method, String params) throws Exception {
    say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params));
    return heard();
  }

  private JsonNode called(String tool, String arguments) throws Exception {
    var answer =
        asked("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
    return answer.path("result");
  }

  @Test
  void greetsInTheVersionThatIsAskedForOrItsOwn() throws Exception {
    assertEquals(
        "2025-06-18",
        asked("initialize", "{\"protocolVersion\":\"2025-06-18\"}")
            .at("/result/protocolVersion")
            .asText());
    var greeting = asked("initialize", "{\"protocolVersion\":\"1999\"}").path("result");
    assertEquals("2025-11-25", greeting.path("protocolVersion").asText());
    assertEquals("{\"name\":\"mimo\",\"version\":\"1.0\"}", greeting.path("serverInfo").toString());
    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", asked("ping", "{}").toString());
  }

  @Test
  void everyToolHasAnObjectForItsArguments() throws Exception {
    var names = new ArrayList<String>();
    for (var tool : asked("tools/list", "{}").at("/result/tools")) {
      names.add(tool.path("name").asText());
      assertEquals("object", tool.at("/inputSchema/type").asText());
      assertTrue(tool.path("description").asText().length() > 20);
    }
    assertEquals(
        List.of(
            "list_workflows",
            "describe_workflow",
            "run_workflow",
            "run_status",
            "wait_run",
            "list_runs",
            "answer_run",
            "resume_run",
            "cancel_run"),
        names);
  }

  @Test
  void aRunOfAWorkflowIsStartedAndWaitedFor() throws Exception {
    var listed = called("list_workflows", "{}").path("structuredContent").path("workflows");
    var name = listed.path(0).path("name").asText();

    var result = called("run_workflow", "{\"workflow\":\"" + name + "\"}");

    assertEquals(false, result.path("isError").asBoolean(), result::toString);
    assertEquals(
        ScriptedRuns.RUN.value(), result.at("/structuredContent/run").asText(), result::toString);
    assertEquals(
        result.path("structuredContent"), Json.parse(result.at("/content/0/text").asText()));
  }

  @Test
  void whatCannotBeDoneIsToldWithItsCode() throws Exception {
    var unknown = called("run_workflow", "{\"workflow\":\"nothing-like-it\"}");
    var path = called("run_workflow", "{\"workflow\":\"./a.js\"}");
    var missing = called("describe_workflow", "{}");

    assertEquals(true, unknown.path("isError").asBoolean());
    assertEquals("workflow_unknown", unknown.at("/structuredContent/failure/code").asText());
    assertEquals("workflow_unknown", path.at("/structuredContent/failure/code").asText());
    assertEquals("bad_argument", missing.at("/structuredContent/failure/code").asText());
  }

  @Test
  void aScriptOfTheFolderIsNotRunByItsPath() throws Exception {
    for (var name : List.of("evil.js", "evil.ts", "./evil.js", "sub/evil")) {
      Files.writeString(folder.resolve("evil." + (name.endsWith("ts") ? "ts" : "js")), SCRIPT);

      var refused = called("run_workflow", "{\"workflow\":\"" + name + "\"}");

      assertEquals(
          "a workflow is run by its name, not by the path " + name,
          refused.at("/structuredContent/failure/message").asText(),
          refused::toString);
    }
  }

  @Test
  void nonsenseIsAnsweredAndSurvived() throws Exception {
    say("this is no JSON");
    assertEquals(-32700, heard().at("/error/code").asInt());
    say("[1,2]");
    assertEquals(-32600, heard().at("/error/code").asInt());
    assertEquals(-32601, asked("tools/none", "{}").at("/error/code").asInt());
    assertEquals(-32602, asked("tools/call", "{\"name\":\"none\"}").at("/error/code").asInt());
    assertEquals(
        -32002, asked("resources/read", "{\"uri\":\"mimo://x\"}").at("/error/code").asInt());

    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", asked("ping", "{}").toString());
  }

  @Test
  void theScriptsOfWorkflowsCanBeRead() throws Exception {
    var first = asked("resources/list", "{}").at("/result/resources/0/uri").asText();

    var read = asked("resources/read", "{\"uri\":\"" + first + "\"}").at("/result/contents/0");

    assertEquals(first, read.path("uri").asText());
    assertTrue(read.path("text").asText().contains("meta"), read::toString);
  }

  @Test
  void whatWasAskedBeforeTheEndIsAnswered() throws Exception {
    var asked = new StringBuilder();
    for (int id = 1; id <= 20; id++) {
      asked.append("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/list\"}\n".formatted(id));
    }
    toIt.write(asked.toString().getBytes(UTF_8));
    toIt.close();

    var answered = new TreeSet<Integer>();
    for (int i = 1; i <= 20; i++) {
      answered.add(heard().path("id").asInt());
    }

    assertEquals(
        IntStream.rangeClosed(1, 20).boxed().collect(toCollection(TreeSet::new)), answered);
  }

  @Test
  void itEndsWithItsInput() throws Exception {
    toIt.close();

    serving.join();
  }
}
