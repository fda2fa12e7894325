package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// JSON as text: read, written and laid out without a tree. The streaming half of Jackson loads in
/// a few milliseconds, its other half does not.
public final class JsonText {

  /// Results are at most 4 MiB; this leaves room for one long string in them.
  private static final int MAX_STRING = 8 * 1024 * 1024;

  static final JsonFactory FORMAT =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
          .build();

  private JsonText() {}

  /// Writes one value.
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /// The text of what `writing` writes, on one line.
  public static String of(Writing writing) {
    return write(writing, null);
  }

  /// The same value laid out for people, two spaces a level, members in their order.
  public static String pretty(String json) {
    var layout =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
    var lines = new DefaultIndenter("  ", "\n");
    layout.indentObjectsWith(lines);
    layout.indentArraysWith(lines);
    return write(generator -> copy(json, generator), layout);
  }

  /// Copies one value of `json`, numbers exactly as they are written.
  public static void copy(String json, JsonGenerator to) throws IOException {
    try (var parser = FORMAT.createParser(json)) {
      parser.nextToken();
      copy(parser, to);
    }
  }

  /// Copies the value `parser` stands at, and leaves it at that value's end.
  private static void copy(JsonParser parser, JsonGenerator to) throws IOException {
    int depth = 0;
    while (true) {
      var token = parser.currentToken();
      if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
        to.writeNumber(parser.getText());
      } else {
        to.copyCurrentEvent(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
      parser.nextToken();
    }
  }

  /// One JSON value on one line, checked to be all there is.
  ///
  /// @throws JsonProcessingException with the place where `json` is no JSON value
  public static String normalized(String json) throws IOException {
    var text = new StringWriter();
    try (var parser = FORMAT.createParser(json);
        var generator = FORMAT.createGenerator(text)) {
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "there is no value");
      }
      copy(parser, generator);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows the value");
      }
    }
    return text.toString();
  }

  /// The characters of a JSON string, or nothing if `json` is another kind of value.
  public static Optional<String> string(String json) {
    try (var parser = FORMAT.createParser(json)) {
      return parser.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: '" + TerminalText.cut(json, 80) + "'", e);
    }
  }

  /// The whole number that an object has as its member `name`, if it has one.
  static OptionalInt number(String json, String name) {
    try (var parser = FORMAT.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return OptionalInt.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var found = parser.currentName().equals(name);
        if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && found) {
          return OptionalInt.of(parser.getIntValue());
        }
        parser.skipChildren();
      }
      return OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /// The text that an object has as its member `name`, if it has one.
  public static Optional<String> text(String json, String name) {
    try (var parser = FORMAT.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var found = parser.currentName().equals(name);
        if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
          return Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The scalars of a JSON value in their order, joined by spaces: what a tool was called with, in
  /// words. Text that is no JSON stays as it is.
  public static String words(String json) {
    var words = new StringBuilder();
    try (var parser = FORMAT.createParser(json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          words.append(words.isEmpty() ? "" : " ").append(parser.getText());
        }
      }
    } catch (IOException e) {
      return json;
    }
    return words.toString();
  }

  static JsonParser parser(String json) throws IOException {
    return FORMAT.createParser(json);
  }

  private static String write(Writing writing, @Nullable DefaultPrettyPrinter layout) {
    var text = new StringWriter();
    try (var generator = FORMAT.createGenerator(text)) {
      if (layout != null) {
        generator.setPrettyPrinter(layout);
      }
      writing.to(generator);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + e.getMessage(), e);
    }
    return text.toString();
  }
}
