package mimo.engine.redaction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/// Cleans a JSON text token by token, so that what comes out is JSON again.
final class JsonRedaction {

  private static final JsonFactory JSON = new JsonFactory();

  private boolean changed;
  private final Cleaning cleaning;

  private JsonRedaction(Cleaning cleaning) {
    this.cleaning = cleaning;
  }

  /// What becomes of the parts of a JSON text.
  @FunctionalInterface
  interface Cleaning {

    /// @param name of the member whose value it is; null for an element
    String value(@Nullable String name, String text);

    default String name(String name) {
      return name;
    }

    default String scalar(String scalar) {
      return scalar;
    }
  }

  static String clean(String json, SecretRedactor redactor) throws IOException {
    return new JsonRedaction(new OfSecrets(redactor)).clean(json);
  }

  /// Cleans nothing but strings that are values.
  static String ofValues(String json, Cleaning cleaning) throws IOException {
    return new JsonRedaction(cleaning).clean(json);
  }

  private record OfSecrets(SecretRedactor redactor) implements Cleaning {
    @Override
    public String value(@Nullable String name, String text) {
      return name == null ? redactor.clean(text) : redactor.cleanMember(name, text);
    }

    @Override
    public String name(String name) {
      return redactor.clean(name);
    }

    @Override
    public String scalar(String scalar) {
      return redactor.cleanScalar(scalar);
    }
  }

  /// @throws JsonParseException unless the text is one JSON value and nothing else
  static void requireOneValue(String json) throws IOException {
    try (var parser = JSON.createParser(json)) {
      var value = parser.nextToken();
      parser.skipChildren();
      if (value == null || parser.nextToken() != null) {
        throw new JsonParseException(parser, "not one value");
      }
    }
  }

  private String clean(String json) throws IOException {
    var out = new StringWriter(json.length());
    try (var parser = JSON.createParser(json);
        var generator = JSON.createGenerator(out)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        copy(parser, generator);
      }
    }
    return changed ? out.toString() : json;
  }

  private void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> generator.writeStartObject();
      case END_OBJECT -> generator.writeEndObject();
      case START_ARRAY -> generator.writeStartArray();
      case END_ARRAY -> generator.writeEndArray();
      case FIELD_NAME -> generator.writeFieldName(cleaned(parser.getText()));
      case VALUE_STRING -> generator.writeString(cleaned(parser.currentName(), parser.getText()));
      default -> scalar(parser.getText(), generator);
    }
  }

  private void scalar(String scalar, JsonGenerator generator) throws IOException {
    var clean = cleaning.scalar(scalar);
    if (clean.equals(scalar)) {
      generator.writeRawValue(scalar);
    } else {
      changed = true;
      generator.writeString(clean);
    }
  }

  /// A string, which may be a secret only because of its name.
  private String cleaned(@Nullable String name, String text) {
    var clean = cleaning.value(name, text);
    changed |= !clean.equals(text);
    return clean;
  }

  private String cleaned(String name) {
    var clean = cleaning.name(name);
    changed |= !clean.equals(name);
    return clean;
  }
}
