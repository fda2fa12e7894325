package mimo.engine.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of an archive, read.
///
/// @param members its texts and numbers, by name
/// @param list its list, if it has one
/// @param body its object as it is written, if it has one
record ArchiveLine(Map<String, String> members, List<String> list, @Nullable String body) {

  private static final JsonFactory JSON = new JsonFactory();

  static ArchiveLine parse(String line) throws IOException {
    try (var parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      var members = new HashMap<String, String>();
      var list = new ArrayList<String>();
      String body = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        switch (parser.nextToken()) {
          case START_OBJECT -> body = asWritten(line, parser);
          case START_ARRAY -> texts(parser, list);
          default -> members.put(name, parser.getText());
        }
      }
      return new ArchiveLine(Map.copyOf(members), List.copyOf(list), body);
    }
  }

  private static String asWritten(String line, JsonParser parser) throws IOException {
    int begin = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    parser.skipChildren();
    return line.substring(begin, Math.toIntExact(parser.currentLocation().getCharOffset()));
  }

  private static void texts(JsonParser parser, List<String> list) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(parser.getText());
    }
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) {
    var value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no '" + name + "'");
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }
}
