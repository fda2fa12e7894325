package mimo.workflows;

import static mimo.compose.testing.Scripts.options;
import static mimo.compose.testing.Scripts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mimo.compose.ArgumentCheck;
import mimo.compose.ComposeException;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.compose.testing.Scripts;
import mimo.engine.ActivityRequest;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The built-in `repo-map`, run on scripted answers.
final class RepoMapTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BuiltinWorkflow REPO_MAP = BuiltinWorkflow.REPO_MAP;

  private static final List<String> SMALL =
      Stream.concat(
              Stream.of("README.md", "pom.xml", "node_modules/x/index.js", "logo.png"),
              Stream.concat(many("core/src/main", 12), many("web/ui (new)", 9)))
          .toList();

  private static Stream<String> many(String folder, int count) {
    return IntStream.range(0, count).mapToObj(i -> folder + "/File" + i + ".java");
  }

  private static ScriptedRun scripted(
      List<String> paths, Function<ActivityRequest, StepOutcome> agents) {
    return new ScriptedRun(
        Order.NEWEST_FIRST,
        request ->
            request.kind() == StepKind.FILE
                ? new StepOutcome.Completed(JSON.valueToTree(paths).toString())
                : agents.apply(request));
  }

  /// Reports one existing and one invented path for each area.
  private static StepOutcome helpful(ActivityRequest request) {
    var answer = JsonNodeFactory.instance.objectNode();
    if (request.label().equals("introduction")) {
      answer.put("title", "Demo").put("overview", "A demo of two parts.");
      answer.putArray("start").addObject().put("path", "README.md").put("why", "says | all");
    } else {
      answer.put("purpose", "Holds " + request.label() + ".");
      var files = answer.putArray("files");
      files.addObject().put("path", "no/such/file").put("role", "invented");
      files.addObject().put("path", request.label() + "/File0.java").put("role", "the\nfirst");
    }
    return new StepOutcome.Completed(answer.toString());
  }

  private static WorkflowResult map(ScriptedRun run, @Nullable String arguments)
      throws InterruptedException {
    var given = arguments == null ? Arguments.NONE : Arguments.GIVEN;
    var scope = arguments == null ? run : run.with(arguments);
    return Scripts.runWhole(REPO_MAP.fileName(), REPO_MAP.script(), scope, options(given));
  }

  private static JsonNode json(String text) {
    return Assertions.assertDoesNotThrow(() -> JSON.readTree(text));
  }

  @Test
  void writesAMapWhoseLinksExist() throws Exception {
    var result = map(scripted(SMALL, RepoMapTest::helpful), "{\"dir\":\".\"}");

    assertEquals(golden("repo-map.md"), json(value(result)).asText() + "\n");
  }

  @Test
  void asksOneAgentForEachAreaAndOneForTheIntroduction() throws InterruptedException {
    var run = scripted(SMALL, RepoMapTest::helpful);

    map(run, null);

    var agents = run.requests().stream().filter(r -> r.kind() == StepKind.AGENT).toList();
    assertEquals(
        List.of(". Read", "core/src/main Read", "web/ui (new) Read", "introduction Write"),
        agents.stream().map(r -> r.label().replace(" (files)", "") + " " + r.phase()).toList());
    assertTrue(agents.getFirst().input().contains("README.md"));
    assertTrue(!agents.toString().contains("node_modules"), "vendored files are left out");
  }

  @Test
  void dividesALargeRepositoryIntoNoMoreAreasThanAsked() throws InterruptedException {
    var large =
        IntStream.range(0, 40).boxed().flatMap(i -> many("src/part" + i, 1 + i * 3)).toList();
    var run = scripted(large, RepoMapTest::helpful);

    map(run, "{\"areas\":\"50\"}");

    var areas = run.requests().stream().filter(r -> r.phase().equals("Read")).toList();
    assertEquals(40, areas.size());
    assertEquals(40, areas.stream().map(ActivityRequest::key).distinct().count());
  }

  @Test
  void aLostAreaIsSaidToBeMissingAndTheRestStands() throws InterruptedException {
    var run =
        scripted(
            SMALL,
            request ->
                request.label().startsWith("core")
                    ? new StepOutcome.Failed("timeout", "too slow")
                    : helpful(request));

    var result = map(run, null);

    assertEquals(1, result.losses().size());
    assertTrue(
        json(value(result))
            .asText()
            .contains(
                "| [`core/src/main`](core/src/main) | 12 | _not read: its agent was lost_ |"));
  }

  @Test
  void takesAFolderByItsNameEvenIfItLooksLikeAPattern() throws InterruptedException {
    var run = scripted(List.of("app/[id]/{x}/page.js"), RepoMapTest::helpful);

    map(run, "{\"dir\":\"app/[id]/{x}\"}");

    assertEquals(
        "app/\\[id\\]/\\{x\\}/**",
        json(run.requests().getFirst().input()).path("pattern").asText());
  }

  @Test
  void anEmptyFolderIsAnError() throws InterruptedException {
    var result = map(scripted(List.of(), RepoMapTest::helpful), "{\"dir\":\"nothing/\"}");

    var failed = assertInstanceOf(WorkflowResult.Failed.class, result);
    assertEquals(
        "Error: there is nothing to map: \"nothing\" holds no source files", failed.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"dri\":\".\"}", "{\"areas\":\"many\"}", "{\"areas\":0}", "[]"})
  void refusesArgumentsItDoesNotKnow(String arguments) {
    var failure =
        Assertions.assertThrows(
            ComposeException.class,
            () -> ArgumentCheck.check(REPO_MAP.title(), arguments, REPO_MAP.argumentsSchema()));

    assertEquals("args_mismatch", failure.code());
  }

  @Test
  void hasAReadmeThatShowsHowToRunIt() {
    assertTrue(REPO_MAP.readme().contains("mimo compose repo-map"));
    assertEquals(REPO_MAP, BuiltinWorkflow.named("repo-map").orElseThrow());
  }

  private static String golden(String name) throws IOException {
    try (var stream = RepoMapTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(
          java.util.Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
