package mimo.agent.provider.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;

/// What has happened so far, as the offline model needs it.
///
/// @param prompt the user's first words
/// @param calls every call, in order
/// @param answers what came of each, by its id; failed ones are left out
record Conversation(String prompt, List<Content.ToolCall> calls, Map<String, String> answers) {

  /// A file that was read, without line numbers.
  record SeenFile(String path, String text) {}

  static Conversation of(List<Message> messages) {
    var prompt = "";
    var calls = new ArrayList<Content.ToolCall>();
    var answers = new HashMap<String, String>();
    for (var message : messages) {
      switch (message) {
        case Message.User(var text) -> prompt = prompt.isEmpty() ? text : prompt;
        case Message.Model(var content) -> {
          for (var piece : content) {
            if (piece instanceof Content.ToolCall call) {
              calls.add(call);
            }
          }
        }
        case Message.Tools(var given) -> {
          for (var answer : given) {
            if (answer.status() == Message.Status.OK) {
              answers.put(answer.call(), answer.text());
            }
          }
        }
      }
    }
    return new Conversation(prompt, calls, answers);
  }

  boolean called(String tool) {
    return calls.stream().anyMatch(call -> call.tool().equals(tool));
  }

  /// An id no call had yet; `offset` counts the calls of the same reply.
  String freshId(int offset) {
    return "offline_" + (calls.size() + offset + 1);
  }

  /// The paths the globs found.
  List<String> globbed() {
    var paths = new ArrayList<String>();
    for (var call : calls) {
      if (call.tool().equals("glob")) {
        answers
            .getOrDefault(call.id(), "")
            .lines()
            .filter(line -> !line.startsWith("("))
            .forEach(paths::add);
      }
    }
    return paths;
  }

  List<SeenFile> read() {
    var files = new ArrayList<SeenFile>();
    for (var call : calls) {
      var answer = answers.get(call.id());
      if (call.tool().equals("read") && answer != null) {
        var path = Json.parse(call.arguments()).path("file_path").asText();
        files.add(new SeenFile(path, withoutNumbers(answer)));
      }
    }
    return files;
  }

  private static String withoutNumbers(String shown) {
    var text = new StringBuilder();
    shown
        .lines()
        .forEach(line -> {
          int tab = line.indexOf('\t');
          if (tab > 0 && line.substring(0, tab).strip().chars().allMatch(Character::isDigit)) {
            text.append(line, tab + 1, line.length()).append('\n');
          }
        });
    return text.toString();
  }
}
