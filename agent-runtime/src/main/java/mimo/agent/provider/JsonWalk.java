package mimo.agent.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/// Reads a JSON text without building a tree, naming the place of every value.
///
/// A path joins field names with dots and marks an element of an array with `[]`, for example
/// `choices[].delta.content`. Depth and size are bounded by Jackson's own constraints.
public final class JsonWalk {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWalk() {}

  /// Sees the values of a text in their order.
  public interface Visitor {

    /// A text, number, boolean or null at `path`; `value` stands on it.
    void scalar(String path, JsonParser value) throws IOException;

    /// The object at `path` is over.
    default void objectEnd(String path) {}

    /// Whether the object or array at `path` is wanted as text instead of value by value.
    default boolean wantsText(String path) {
      return false;
    }

    /// The object or array at `path`, as JSON text.
    default void text(String path, String json) {}
  }

  /// Shows every value of `json` to `visitor`.
  ///
  /// @throws IOException if `json` is not exactly one JSON value
  public static void walk(String json, Visitor visitor) throws IOException {
    try (var parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("an empty text is no JSON value");
      }
      value(parser, "", visitor);
      if (parser.nextToken() != null) {
        throw new IOException("something follows the JSON value");
      }
    }
  }

  private static void value(JsonParser parser, String path, Visitor visitor) throws IOException {
    var token = parser.currentToken();
    if (token.isStructStart() && visitor.wantsText(path)) {
      visitor.text(path, copy(parser));
    } else if (token == JsonToken.START_OBJECT) {
      fields(parser, path, visitor);
    } else if (token == JsonToken.START_ARRAY) {
      var element = path + "[]";
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value(parser, element, visitor);
      }
    } else {
      visitor.scalar(path, parser);
    }
  }

  private static String copy(JsonParser parser) throws IOException {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  private static void fields(JsonParser parser, String path, Visitor visitor) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      value(parser, path.isEmpty() ? name : path + "." + name, visitor);
    }
    visitor.objectEnd(path);
  }
}
