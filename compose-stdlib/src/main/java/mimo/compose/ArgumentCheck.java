package mimo.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds a workflow's arguments against its argument schema before anything runs.
public final class ArgumentCheck {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ArgumentCheck() {}

  /// Checks `arguments` (JSON text; null counts as an empty object) against `schema` (JSON text).
  ///
  /// @throws ComposeException `args_invalid` if the arguments are no JSON, `args_mismatch` naming
  ///   every argument that does not fit
  public static void check(String workflow, @Nullable String arguments, String schema) {
    var value = parse(arguments == null ? "{}" : arguments);
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    var errors = registry.getSchema(schema, InputFormat.JSON).validate(value);
    if (!errors.isEmpty()) {
      throw new ComposeException(
          "args_mismatch",
          "the arguments do not fit workflow '%s': %s"
              .formatted(
                  workflow,
                  errors.stream().map(ArgumentCheck::describe).collect(Collectors.joining("; "))));
    }
  }

  /// Parses arguments given as JSON text.
  ///
  /// @throws ComposeException `args_invalid` with the place of the fault
  public static JsonNode parse(String arguments) {
    try {
      var value = JSON.readTree(arguments);
      if (value.isMissingNode()) {
        throw new ComposeException("args_invalid", "the arguments are no JSON: the text is empty");
      }
      return value;
    } catch (JsonProcessingException failure) {
      var place = failure.getLocation();
      throw new ComposeException(
          "args_invalid",
          "the arguments are no JSON: %s (line %d, column %d)"
              .formatted(failure.getOriginalMessage(), place.getLineNr(), place.getColumnNr()));
    }
  }

  private static String describe(Error error) {
    var where = error.getInstanceLocation().toString();
    return (where.isEmpty() ? "" : where + " ") + error.getMessage();
  }
}
