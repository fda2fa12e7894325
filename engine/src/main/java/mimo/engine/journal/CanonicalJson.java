package mimo.engine.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.TreeMap;

/// The one text of a JSON value (RFC 8785): members in order of their UTF-16 units, numbers as
/// ECMAScript prints them, as few escapes as possible.
///
/// It departs from the RFC in one place: half a surrogate pair, which the RFC refuses, is kept as
/// its escape, as `JSON.stringify` does, since a script may well ask with one.
public final class CanonicalJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private CanonicalJson() {}

  /// Rewrites a JSON text in canonical form.
  ///
  /// @throws IllegalArgumentException if the text is not JSON, or repeats a member name
  public static String of(String json) {
    try (var parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("an empty text is not JSON");
      }
      var out = new StringBuilder(json.length());
      value(parser, out);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("JSON text goes on after its value");
      }
      return out.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("reading a string failed", e);
    }
  }

  private static void value(JsonParser parser, StringBuilder out) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, out);
      case START_ARRAY -> array(parser, out);
      case VALUE_STRING -> quote(parser.getText(), out);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.append(number(parser.getText()));
      default -> out.append(parser.getText());
    }
  }

  private static void object(JsonParser parser, StringBuilder out) throws IOException {
    var members = new TreeMap<String, String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      var member = new StringBuilder();
      value(parser, member);
      members.put(name, member.toString());
    }
    var separator = "{";
    for (var member : members.entrySet()) {
      out.append(separator);
      quote(member.getKey(), out);
      out.append(':').append(member.getValue());
      separator = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private static void array(JsonParser parser, StringBuilder out) throws IOException {
    out.append('[');
    var separator = "";
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      out.append(separator);
      value(parser, out);
      separator = ",";
    }
    out.append(']');
  }

  private static String number(String text) {
    var number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException("number " + text + " is too large for JSON");
    }
    return EcmaNumber.text(number);
  }

  private static void quote(String text, StringBuilder out) {
    var literal = new StringBuilder(text.length() + 2).append('"');
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      switch (unit) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\b' -> literal.append("\\b");
        case '\t' -> literal.append("\\t");
        case '\n' -> literal.append("\\n");
        case '\f' -> literal.append("\\f");
        case '\r' -> literal.append("\\r");
        default -> {
          if (unit < 0x20) {
            literal.append(String.format("\\u%04x", (int) unit));
          } else {
            literal.append(unit);
          }
        }
      }
    }
    out.append(WellFormed.json(literal.append('"').toString()));
  }
}
