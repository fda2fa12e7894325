package mimo.agent.provider.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.agent.AgentActivity;
import mimo.agent.AgentListener;
import mimo.agent.AgentSettings;
import mimo.agent.ToolSource;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A22, A23, A25.
class OfflineProviderTest {

  private static final Map<String, String> REPOSITORY =
      Map.of(
          "engine/README.md",
              "# The engine\n\n[![build](b.svg)](b)\n\n**Runs** workflows, e.g. [ours](x.md), and"
                  + " writes down every `step`. It never guesses.\n",
          "engine/src/package-info.java",
              "/// Durable execution: a run is a workflow whose every step is "
                  + "journaled.\npackage e;\n",
          "engine/src/Main.java",
              "/* Copyright 2026 somebody */\npackage e;\n\n/**\n * Starts the {@link Engine}.\n *"
                  + " @since 1\n */\nclass Main {}\n",
          "engine/src/Zebra.java", "class Zebra {}\n",
          "engine/tool.py", "#!/usr/bin/env python3\n\"\"\"Draws the journal as a tree.\"\"\"\n",
          "engine/logo.png", "not text",
          "web/package.json",
              "{\n  \"name\": \"web\",\n  \"description\": \"Shows runs in a browser.\"\n}\n",
          "web/index.js", "// eslint-disable\n\n// Entry of the viewer: draws the list of runs.\n");

  @TempDir Path workspace;

  @BeforeEach
  void prepare() throws IOException {
    for (var file : REPOSITORY.entrySet()) {
      var path = workspace.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  @Test
  void saysWhatTheFilesSayOfThemselves() throws Exception {
    assertEquals(
        """
        [offline: scripted answers, not a language model]
        This model follows fixed rules; configure a language model for an answer of substance.

        From engine:
        - engine/README.md: Runs workflows, e.g. ours, and writes down every step.
        - engine/src/package-info.java: Durable execution: a run is a workflow whose every step is \
        journaled.
        - engine/src/Main.java: Starts the Engine.
        - engine/tool.py: Draws the journal as a tree.
        - engine/src/Zebra.java\
        """,
        Json.parse(completed("Describe the folder `engine`, please.").value()).asText());
  }

  @Test
  void looksWithItsToolsBeforeItAnswers() throws Exception {
    var report = Json.parse(completed("Look at web/").report());

    assertEquals("offline/rules", report.path("model").asText());
    assertTrue(report.path("offline").asBoolean());
    assertEquals(3, report.path("turns").asInt());
    assertEquals(
        List.of("glob", "read", "read"),
        report.path("tools").valueStream().map(tool -> tool.path("tool").asText()).toList());
  }

  @Test
  void saysAFixedSentenceWhereNoPathIsNamed() throws Exception {
    assertEquals(
        OfflineProvider.LABEL
            + "\nThis model follows fixed rules; configure a language model for an answer of"
            + " substance.",
        Json.parse(completed("What is the meaning of life?").value()).asText());
  }

  @Test
  void givesEachPropertyWhatItsNameAsksFor() throws Exception {
    var schema =
        """
        {"type":"object","additionalProperties":false,
         "required":["name","path","purpose","files","kind"],
         "properties":{
           "name":{"type":"string"},
           "path":{"type":"string"},
           "purpose":{"type":"string","maxLength":200},
           "kind":{"enum":["library","program"]},
           "risky":{"type":"boolean"},
           "lines":{"type":"integer","minimum":0},
           "files":{"type":"array","maxItems":3,"items":{"type":"object",
             "required":["path","summary"],
             "properties":{"path":{"type":"string"},"summary":{"type":"string"}}}}}}\
        """;

    assertEquals(
        Json.parse(
            """
            {"name":"The engine","path":"engine",
             "purpose":"Runs workflows, e.g. ours, and writes down every step.",
             "kind":"library","risky":false,"lines":0,
             "files":[
               {"path":"engine/README.md",
                "summary":"Runs workflows, e.g. ours, and writes down every step."},
               {"path":"engine/src/package-info.java",
                "summary":"Durable execution: a run is a workflow whose every step is journaled."},
               {"path":"engine/src/Main.java","summary":"Starts the Engine."}]}\
            """),
        shaped("Map 'engine'.", schema));
  }

  @Test
  void findsDescriptionsInManifestsAndEntries() throws Exception {
    assertEquals(
        Json.parse(
            "[\"Entry of the viewer: draws the list of runs.\",\"Shows runs in a browser.\"]"),
        shaped("Sum up web", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"string\"}",
        "{\"type\":\"string\",\"minLength\":400}",
        "{\"type\":\"string\",\"maxLength\":5}",
        "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d{3,5}$\",\"minLength\":7}",
        "{\"type\":\"string\",\"pattern\":\"^[a-z0-9-]+$\"}",
        "{\"type\":\"string\",\"pattern\":\"^(?:red|green)+[^a-z]?x*\\\\.$\"}",
        "{\"type\":\"integer\",\"minimum\":3,\"multipleOf\":4}",
        "{\"type\":\"integer\",\"exclusiveMaximum\":-3}",
        "{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1}",
        "{\"type\":[\"null\",\"boolean\"]}",
        "{\"type\":\"null\"}",
        "{\"const\":{\"a\":[1]}}",
        "{\"type\":\"string\",\"default\":\"d\"}",
        "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"object\",\"required\":[\"x\"]}]}",
        "{\"oneOf\":[{\"type\":\"string\",\"maxLength\":2,\"minLength\":2},"
            + "{\"type\":\"integer\"}]}",
        "{\"allOf\":[{\"type\":\"string\",\"maxLength\":9},{\"maxLength\":4,\"minLength\":2}]}",
        "{\"type\":\"array\",\"minItems\":8,\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}",
        "{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"boolean\"}}",
        "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"integer\"},{\"type\":\"string\"}],"
            + "\"items\":false,\"minItems\":2}",
        "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"enum\":[\"a\"]},"
            + "\"minItems\":1}}",
        "{\"$ref\":\"#/$defs/node\",\"$defs\":{\"node\":{\"type\":\"object\","
            + "\"properties\":{\"name\":{\"type\":\"string\"},"
            + "\"children\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/node\"}}},"
            + "\"required\":[\"name\",\"children\"]}}}",
        "{\"type\":\"object\",\"maxProperties\":1,\"required\":[\"a\"],"
            + "\"properties\":{\"a\":{},\"b\":{}}}",
        "{\"type\":\"object\",\"required\":[\"free\"]}",
        "{\"type\":\"object\",\"properties\":{\"no\":false,\"yes\":true}}",
        "true"
      })
  void fitsEverySchemaAndSaysTheSameTwice(String schema) throws Exception {
    var first = shaped("About engine/README.md", schema);
    var second = shaped("About engine/README.md", schema);

    assertEquals(Json.write(first), Json.write(second));
  }

  @Test
  void failsWhereItFindsNoValue() throws Exception {
    var schema = "{\"type\":\"string\",\"pattern\":\"^x$\",\"allOf\":[{\"pattern\":\"^y$\"}]}";

    assertEquals(
        "offline_unsatisfied: the offline model found no value that fits the schema; ask a"
            + " language model",
        failed("About web", schema).message());
  }

  @Test
  void costsNothingAndCountsAQuarterOfTheCharacters() throws Exception {
    var step = new RecordedStep();

    perform("Anything?", null, step, null);

    assertEquals(0, step.charged().get("cost_micro_usd"));
    assertEquals(34, step.charged().get("output_tokens"));
  }

  private ActivityResult.Completed completed(String prompt) throws Exception {
    return assertInstanceOf(
        ActivityResult.Completed.class, perform(prompt, null, new RecordedStep(), null));
  }

  private JsonNode shaped(String prompt, String schema) throws Exception {
    var result = perform(prompt, schema, new RecordedStep(), null);
    return Json.parse(
        assertInstanceOf(ActivityResult.Completed.class, result, result.toString()).value());
  }

  private ActivityResult.Failed failed(String prompt, String schema) throws Exception {
    return assertInstanceOf(
        ActivityResult.Failed.class, perform(prompt, schema, new RecordedStep(), null));
  }

  private ActivityResult perform(
      String prompt,
      @org.jspecify.annotations.Nullable String schema,
      RecordedStep step,
      @org.jspecify.annotations.Nullable Cassette cassette)
      throws Exception {
    var guard = PathGuard.over(workspace);
    var input = Json.object().put("prompt", prompt);
    if (schema != null) {
      input.set("schema", Json.parse(schema));
    }
    var model = new Resolution.Resolved(new OfflineProvider(guard, cassette), "rules", Price.FREE);
    var activity =
        new AgentActivity(
            AgentSettings.in(workspace),
            _ -> model,
            ToolSource.of(Toolbox.readingOnly(guard)),
            AgentListener.none(),
            () -> 0);
    return activity.perform(RecordedStep.request(StepKind.AGENT, Json.write(input)), step);
  }
}
