package mimo.agent.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.tool.ToolSpec;

/// The shape an agent's answer must have, with the means to judge one. Immutable and thread-safe.
///
/// A model gives its answer by calling the tool [#TOOL], whose arguments are the answer. Models
/// call tools with objects only, so any other answer travels as `{"value": …}`.
public final class AnswerSchema {

  /// The name of the tool that takes the answer.
  public static final String TOOL = "answer";

  private static final String WRAPPED = "value";

  /// What providers refuse at the top of a tool's schema, though they take it further down.
  private static final List<String> COMBINED = List.of("anyOf", "oneOf", "allOf", "enum", "not");

  /// What came of reading a schema.
  public sealed interface Reading {

    record Usable(AnswerSchema schema) implements Reading {}

    /// No answer can be asked for with it.
    ///
    /// @param message where and why, for the schema's author
    record Invalid(String message) implements Reading {
      /// The name of the error.
      public static final String CODE = "schema_invalid";
    }
  }

  private final Schema validator;
  private final ToolSpec tool;
  private final boolean wrapped;
  private final int attempts;

  private AnswerSchema(Schema validator, ToolSpec tool, boolean wrapped, int attempts) {
    this.validator = validator;
    this.tool = tool;
    this.wrapped = wrapped;
    this.attempts = attempts;
  }

  /// Reads a schema from its text.
  public static Reading parse(String text) {
    try {
      return read(Json.parse(text));
    } catch (IllegalArgumentException malformed) {
      return new Reading.Invalid("it is not JSON: " + malformed.getMessage());
    }
  }

  /// Reads a schema, refusing what is malformed, contradictory, endless or remote (L91).
  public static Reading read(JsonNode given) {
    try {
      if (given.toString().length() > AgentLimits.SCHEMA_CHARS) {
        throw new SchemaFaultException(
            "", "has more than " + AgentLimits.SCHEMA_CHARS + " characters");
      }
      var schema = withoutIdentity(given);
      var tree = SchemaTree.read(schema);
      Endlessness.refuseCircles(tree);
      Contradictions.refuse(tree);
      Endlessness.refuseBottomless(tree);
      boolean wrapped =
          !schema.path("type").asText().equals("object") || COMBINED.stream().anyMatch(schema::has);
      return new Reading.Usable(
          new AnswerSchema(
              validator(schema), tool(schema, wrapped), wrapped, AgentLimits.ANSWER_ATTEMPTS));
    } catch (SchemaFaultException fault) {
      return new Reading.Invalid(String.valueOf(fault.getMessage()));
    }
  }

  /// The same shape, for which a model has so many attempts.
  public AnswerSchema within(int others) {
    return new AnswerSchema(validator, tool, wrapped, others);
  }

  /// How many answers a model may give until one must fit.
  public int attempts() {
    return attempts;
  }

  /// The tool a model answers with.
  public ToolSpec tool() {
    return tool;
  }

  /// The answer in the arguments of a call to [#tool].
  ///
  /// @throws IllegalArgumentException if they hold none
  public JsonNode unwrap(JsonNode arguments) {
    if (!wrapped) {
      return arguments;
    }
    if (arguments.size() != 1 || !arguments.has(WRAPPED)) {
      throw new IllegalArgumentException(
          "the arguments must be an object with the one key 'value'");
    }
    return arguments.get(WRAPPED);
  }

  /// Everything wrong with `answer`, up to a limit; empty if it fits.
  public List<Fault> faults(JsonNode answer) {
    return validator.validate(answer).stream()
        .map(error -> new Fault(error.getInstanceLocation().toString(), error.getMessage()))
        .distinct()
        .limit(AgentLimits.ANSWER_FAULTS)
        .toList();
  }

  /// `$schema` and a root `$id` name the schema; they say nothing about values.
  private static JsonNode withoutIdentity(JsonNode given) {
    return given instanceof ObjectNode object
        ? object.deepCopy().without(List.of("$schema", "$id", "$comment"))
        : given;
  }

  private static Schema validator(JsonNode schema) {
    var config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .regularExpressionFactory(pattern -> LinearPattern.compile(pattern)::matches)
            .build();
    // References were found to be local; should one slip through, there is still nothing to fetch.
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry ->
                registry
                    .schemaRegistryConfig(config)
                    .schemaLoader(loader -> loader.fetchRemoteResources(false)))
        .getSchema(schema);
  }

  private static ToolSpec tool(JsonNode schema, boolean wrapped) {
    var parameters = wrapped ? wrap(schema) : schema;
    return new ToolSpec(
        TOOL,
        "Gives your final answer and ends your work. Call it once, when you are done.",
        Json.write(parameters),
        // Waits for the calls before it: an answer rests on what they find.
        ToolSpec.Effect.CHANGES);
  }

  private static ObjectNode wrap(JsonNode schema) {
    var outer = Json.object().put("type", "object");
    outer.putObject("properties").set(WRAPPED, moved(schema.deepCopy()));
    outer.putArray("required").add(WRAPPED);
    return outer.put("additionalProperties", false);
  }

  /// References count from the root, which now lies two levels higher.
  private static JsonNode moved(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var target = object.path("$ref");
      if (target.isTextual()) {
        object.put("$ref", "#/properties/" + WRAPPED + target.asText().substring(1));
      }
      object.forEach(AnswerSchema::moved);
    } else if (node instanceof ArrayNode list) {
      list.forEach(AnswerSchema::moved);
    }
    return node;
  }
}
