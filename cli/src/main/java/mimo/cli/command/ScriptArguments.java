package mimo.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.JsonText;
import org.jspecify.annotations.Nullable;

/// A script's arguments from the command line: `name=value` words, whose values are strings and
/// stay strings (L12), or one JSON text.
final class ScriptArguments {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

  private ScriptArguments() {}

  /// The arguments as JSON text; null if there are none.
  static @Nullable String parse(@Nullable String json, List<String> words) {
    if (json != null && !words.isEmpty()) {
      throw new CommandException(
          "args_invalid",
          "give the arguments by --args or as name=value, not both; found --args and '"
              + words.getFirst()
              + "'");
    }
    if (json != null) {
      return checked(json);
    }
    return words.isEmpty() ? null : object(words);
  }

  private static String checked(String json) {
    try {
      return JsonText.normalized(json);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new CommandException(
          "args_invalid",
          "--args is not JSON: "
              // Where an open bracket stands is told in the words of the parser's own settings.
              + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "")
              + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  private static String object(List<String> words) {
    var values = new LinkedHashMap<String, String>();
    for (var word : words) {
      int equals = word.indexOf('=');
      if (equals < 0 || !NAME.matcher(word.substring(0, equals)).matches()) {
        throw new CommandException(
            "args_invalid",
            "'"
                + word
                + "' is no argument; an argument is name=value, its name of letters, digits"
                + " and _ $ -");
      }
      var name = word.substring(0, equals);
      if (values.putIfAbsent(name, word.substring(equals + 1)) != null) {
        throw new CommandException("args_invalid", "the argument '" + name + "' is given twice");
      }
    }
    return JsonText.of(json -> {
      json.writeStartObject();
      for (var value : values.entrySet()) {
        json.writeStringField(value.getKey(), value.getValue());
      }
      json.writeEndObject();
    });
  }
}
