package mimo.agent.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.DeferredTools;
import org.jspecify.annotations.Nullable;

/// A tool call of a conversation and what came of it.
///
/// @param message in which it was made
/// @param answer null if it has none yet
record Deed(int message, String id, String tool, ObjectNode input, @Nullable ToolAnswer answer) {

  private static final Set<String> CHANGING = Set.of("write", "edit", "multiedit");
  private static final int COMMAND_CHARS = 400;

  /// The calls after a place, in their order.
  static List<Deed> after(Mark mark, List<Message> messages) {
    var answers = new HashMap<String, ToolAnswer>();
    for (var message : messages) {
      if (message instanceof Message.Tools(var all)) {
        all.forEach(answer -> answers.put(answer.call(), answer));
      }
    }
    var deeds = new ArrayList<Deed>();
    for (int i = mark.count(); i < messages.size(); i++) {
      if (messages.get(i) instanceof Message.Model(var content)) {
        for (var piece : content) {
          if (piece instanceof Content.ToolCall call) {
            deeds.add(of(i, call, answers));
          }
        }
      }
    }
    return List.copyOf(deeds);
  }

  private static Deed of(int message, Content.ToolCall said, Map<String, ToolAnswer> answers) {
    var call = DeferredTools.meant(said);
    var input =
        Arguments.parse(call.arguments()) instanceof Arguments.Fit(var fit) ? fit : Json.object();
    return new Deed(message, call.id(), call.tool(), input, answers.get(call.id()));
  }

  String source() {
    return "c:" + id;
  }

  boolean is(Status status) {
    return answer != null && answer.status() == status;
  }

  /// What it answered; empty if nothing.
  String result() {
    return answer == null ? "" : answer.text();
  }

  /// The file it reads or changes; empty if it is not one that does.
  String path() {
    return input.path("file_path").asText();
  }

  boolean changes() {
    return CHANGING.contains(tool);
  }

  boolean isCommand() {
    return tool.equals("bash") && input.has("command");
  }

  String command() {
    return input.path("command").asText().strip();
  }

  /// What is done again when this is done again.
  String aim() {
    return tool + "\n" + (isCommand() ? command() : path().isEmpty() ? input.toString() : path());
  }

  /// In one line.
  String words() {
    if (isCommand()) {
      return "`" + cut(command()) + "`";
    }
    return path().isEmpty()
        ? "`" + tool + " " + cut(input.toString()) + "`"
        : "`" + tool + "` of `" + path() + "`";
  }

  private static String cut(String text) {
    var line = text.replaceAll("\\s*\\n\\s*", " ");
    return line.length() <= COMMAND_CHARS ? line : line.substring(0, COMMAND_CHARS) + " …";
  }
}
