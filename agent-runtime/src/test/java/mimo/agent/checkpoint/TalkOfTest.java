package mimo.agent.checkpoint;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.session.OwnWords;

/// A conversation that a test writes down, message by message.
final class TalkOfTest {

  private final List<Message> messages = new ArrayList<>();
  private final List<OwnWords> own = new ArrayList<>();
  private int calls;

  TalkOfTest user(String text) {
    own.add(new OwnWords(messages.size(), text));
    return program(text);
  }

  /// Somebody speaks in the user's place.
  TalkOfTest program(String text) {
    messages.add(new Message.User(text));
    return this;
  }

  TalkOfTest model(String text) {
    messages.add(new Message.Model(List.of(new Content.Text(text))));
    return this;
  }

  /// The model calls a tool, and this is the answer.
  ///
  /// @param arguments names and values in turn
  TalkOfTest call(String tool, Status status, String answer, String... arguments) {
    return saying("", tool, status, answer, arguments);
  }

  TalkOfTest saying(String words, String tool, Status status, String answer, String... arguments) {
    var input = Json.object();
    for (int i = 0; i < arguments.length; i += 2) {
      input.put(arguments[i], arguments[i + 1]);
    }
    var id = "call_" + ++calls;
    var content = new ArrayList<Content>();
    if (!words.isEmpty()) {
      content.add(new Content.Text(words));
    }
    content.add(new Content.ToolCall(id, tool, Json.write(input)));
    messages.add(new Message.Model(content));
    messages.add(new Message.Tools(List.of(new Message.ToolAnswer(id, answer, status))));
    return this;
  }

  TalkOfTest ok(String command, String output) {
    return call("bash", Status.OK, output, "command", command);
  }

  TalkOfTest fails(String command, String output) {
    return call("bash", Status.ERROR, output, "command", command);
  }

  TalkOfTest edits(String path) {
    return call("edit", Status.OK, "changed", "file_path", path, "old_string", "a");
  }

  TalkOfTest reads(String path) {
    return call("read", Status.OK, "text", "file_path", path);
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  List<OwnWords> own() {
    return List.copyOf(own);
  }

  ConversationSoFar soFar() {
    return ConversationSoFar.of(messages, own);
  }
}
