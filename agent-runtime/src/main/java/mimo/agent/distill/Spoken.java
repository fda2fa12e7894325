package mimo.agent.distill;

import java.util.function.UnaryOperator;
import mimo.agent.history.Said;
import mimo.agent.json.Json;

/// What was said, as people would write it down.
final class Spoken {

  private static final String COMMANDS = "bash";

  private Spoken() {}

  /// The same with a command line as it was run, all else as it was stored, without the secrets
  /// that sessions may hold (M10).
  static Said plain(Said said, UnaryOperator<String> clean) {
    return new Said(
        said.session(),
        said.number(),
        said.at(),
        said.kind(),
        said.tool(),
        clean.apply(words(said)),
        said.context());
  }

  private static String words(Said said) {
    if (!isCommand(said)) {
      return said.text();
    }
    try {
      var command = Json.parse(said.text()).path("command").asText();
      return command.isEmpty() ? said.text() : command;
    } catch (IllegalArgumentException torn) {
      return said.text();
    }
  }

  static boolean isCommand(Said said) {
    return said.kind().equals("call") && said.tool().equals(COMMANDS);
  }

  /// On one line.
  static String flat(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
