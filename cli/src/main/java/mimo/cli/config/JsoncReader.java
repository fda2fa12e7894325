package mimo.cli.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import mimo.cli.error.CommandException;
import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// Reads JSON with comments and trailing commas, keeping places. Confined to one thread.
final class JsoncReader {

  private static final JsonFactory FORMAT =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String file;
  private final String text;
  private final JsonParser parser;

  private JsoncReader(String file, String text, JsonParser parser) {
    this.file = file;
    this.text = text;
    this.parser = parser;
  }

  /// The object a whole file holds; an empty file holds an empty one.
  ///
  /// @throws CommandException `config_invalid` at the place where the text is no JSON object
  static ConfigNode.Section read(String file, String text) {
    try (var parser = FORMAT.createParser(text)) {
      return new JsoncReader(file, text, parser).document();
    } catch (JsonProcessingException e) {
      throw invalid(file, text, e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  private ConfigNode.Section document() throws IOException {
    var first = parser.nextToken();
    if (first == null) {
      return new ConfigNode.Section(java.util.List.of(), new SourcePosition(file, 1, 1));
    }
    if (first != JsonToken.START_OBJECT) {
      throw invalid(file, text, parser.currentTokenLocation(), "expected an object, { … }");
    }
    var section = section();
    if (parser.nextToken() != null) {
      throw invalid(file, text, parser.currentTokenLocation(), "nothing may follow the object");
    }
    return section;
  }

  private ConfigNode.Section section() throws IOException {
    var position = position();
    var members = new ArrayList<ConfigNode.Member>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      var at = position();
      parser.nextToken();
      members.add(new ConfigNode.Member(name, value(), at));
    }
    return new ConfigNode.Section(members, position);
  }

  private ConfigNode value() throws IOException {
    var position = position();
    var token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return section();
    }
    if (token == JsonToken.VALUE_STRING) {
      return new ConfigNode.Text(parser.getText(), position);
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return new ConfigNode.Digits(parser.getText(), position);
    }
    if (token == JsonToken.START_ARRAY) {
      parser.skipChildren();
      return new ConfigNode.Other("a list", position);
    }
    return new ConfigNode.Other(parser.getText(), position);
  }

  private SourcePosition position() {
    var at = parser.currentTokenLocation();
    return new SourcePosition(file, at.getLineNr(), at.getColumnNr());
  }

  private static CommandException invalid(
      String file, String text, @Nullable JsonLocation at, String message) {
    var position =
        at == null || at.getLineNr() < 1
            ? new SourcePosition(file, 1, 1)
            : new SourcePosition(file, at.getLineNr(), Math.max(1, at.getColumnNr()));
    return CommandException.at(position, "config_invalid", message, text);
  }
}
