package mimo.sandbox.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptFault;
import org.jspecify.annotations.Nullable;

/// The fields of one frame: each is checked to be JSON and kept as the text it arrived as, since a
/// value and its replay must be the same bytes.
final class Envelope {

  private static final int MAX_FIELDS = 16;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private record Field(JsonToken token, String text) {}

  private final Map<String, Field> fields;

  private Envelope(Map<String, Field> fields) {
    this.fields = fields;
  }

  static Envelope parse(byte[] bytes, int depth) {
    try (var parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw FrameException.malformed("a frame that is no JSON object");
      }
      var envelope = new Envelope(fields(parser, bytes, depth));
      if (parser.nextToken() != null) {
        throw FrameException.malformed("a frame with something behind its object");
      }
      envelope.checkVersion();
      return envelope;
    } catch (IOException e) {
      throw FrameException.malformed("a frame that is no JSON");
    }
  }

  private static Map<String, Field> fields(JsonParser parser, byte[] bytes, int depth)
      throws IOException {
    var fields = new HashMap<String, Field>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      var token = parser.nextToken();
      var field = new Field(token, slice(parser, bytes, depth));
      if (fields.put(name, field) != null || fields.size() > MAX_FIELDS) {
        throw FrameException.malformed("a frame with a field too many");
      }
    }
    return fields;
  }

  /// The bytes of the value the parser stands at, checked to be JSON no deeper than allowed.
  private static String slice(JsonParser parser, byte[] bytes, int depth) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    int level = 0;
    for (var token = parser.currentToken(); token != null; token = parser.nextToken()) {
      if (token.isStructStart() && ++level > depth) {
        throw FrameException.malformed("a value deeper than " + depth);
      }
      if (token.isStructEnd()) {
        level--;
      }
      parser.finishToken();
      if (level == 0) {
        int to = (int) parser.currentLocation().getByteOffset();
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
      }
    }
    throw FrameException.malformed("a frame that ends inside a value");
  }

  private void checkVersion() {
    long version = longNumber("v");
    if (version != Frame.VERSION) {
      throw FrameException.malformed(
          "protocol version %d; this side speaks %d".formatted(version, Frame.VERSION));
    }
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    var field = fields.get(name);
    if (field == null || field.token() != JsonToken.VALUE_STRING) {
      throw FrameException.malformed("a frame whose `" + name + "` is no text");
    }
    try (var parser = JSON.createParser(field.text())) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw FrameException.malformed("a frame whose `" + name + "` is no text");
    }
  }

  /// A field's value as JSON text, whatever it is.
  String json(String name) {
    var field = fields.get(name);
    if (field == null) {
      throw FrameException.malformed("a frame without `" + name + "`");
    }
    return field.text();
  }

  long longNumber(String name) {
    var field = fields.get(name);
    if (field == null || field.token() != JsonToken.VALUE_NUMBER_INT) {
      throw FrameException.malformed("a frame whose `" + name + "` is no whole number");
    }
    try {
      return Long.parseLong(field.text());
    } catch (NumberFormatException e) {
      throw FrameException.malformed("a frame whose `" + name + "` is out of range");
    }
  }

  int number(String name) {
    long value = longNumber(name);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw FrameException.malformed("a frame whose `" + name + "` is out of range");
    }
    return (int) value;
  }

  Position position() {
    return new Position(number("line"), number("column"), has("file") ? text("file") : "");
  }

  @Nullable Position optionalPosition() {
    return has("line") ? position() : null;
  }

  ScriptFault fault(String name) {
    return object(json(name).getBytes(StandardCharsets.UTF_8), name).toFault();
  }

  private ScriptFault toFault() {
    return new ScriptFault(
        text("code"),
        text("name"),
        text("message"),
        number("line"),
        number("column"),
        text("stack"),
        text("file"));
  }

  private static Envelope object(byte[] bytes, String name) {
    try (var parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw FrameException.malformed("a frame whose `" + name + "` is no object");
      }
      return new Envelope(fields(parser, bytes, 1));
    } catch (IOException e) {
      throw FrameException.malformed("a frame whose `" + name + "` is no JSON");
    }
  }

  List<ScriptFault> faults(String name) {
    return objects(name).stream().map(Envelope::toFault).toList();
  }

  /// The objects of a list, none of which holds another.
  List<Envelope> objects(String name) {
    byte[] bytes = json(name).getBytes(StandardCharsets.UTF_8);
    var objects = new ArrayList<Envelope>();
    try (var parser = list(bytes, name)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        objects.add(object(slice(parser, bytes, 1).getBytes(StandardCharsets.UTF_8), name));
      }
      return objects;
    } catch (IOException e) {
      throw FrameException.malformed("a frame whose `" + name + "` is no JSON");
    }
  }

  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    try (var parser = list(json(name).getBytes(StandardCharsets.UTF_8), name)) {
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(parser.getText());
      }
      return texts;
    } catch (IOException e) {
      throw FrameException.malformed("a frame whose `" + name + "` is no JSON");
    }
  }

  private static JsonParser list(byte[] bytes, String name) throws IOException {
    var parser = JSON.createParser(bytes);
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw FrameException.malformed("a frame whose `" + name + "` is no list");
    }
    return parser;
  }
}
