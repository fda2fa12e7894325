package mimo.cli.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import mimo.cli.terminal.TerminalText;

/// A tool call on one line: its name, and the one argument that says what it is about.
final class ToolWords {

  private static final int WIDTH = 100;

  /// The first of these a call has is what it is about.
  private static final List<String> TELLING =
      List.of(
          "command",
          "file_path",
          "filePath",
          "pattern",
          "url",
          "path",
          "question",
          "title",
          "prompt",
          "name",
          "script",
          "query",
          "id");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ToolWords() {}

  static String of(String tool, String arguments) {
    return TerminalText.cut(tool + " " + about(arguments), WIDTH).strip();
  }

  private static String about(String arguments) {
    try {
      var input = JSON.readTree(arguments);
      return TELLING.stream()
          .filter(name -> input.path(name).isTextual())
          .findFirst()
          .map(name -> input.get(name).textValue())
          .orElse("");
    } catch (JsonProcessingException cutOff) {
      return "";
    }
  }
}
