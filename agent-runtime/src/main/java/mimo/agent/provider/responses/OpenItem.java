package mimo.agent.provider.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Content.Seal;
import mimo.agent.provider.wire.ModelEvent;

/// One item of a reply from its first event to its last: a message, a thought or a tool call.
/// Confined to one thread.
final class OpenItem {

  private final int index;
  private boolean begun;
  private boolean heard;
  private int part = -1;

  /// @param index its place in the reply
  OpenItem(int index) {
    this.index = index;
  }

  /// What is known of it when it begins.
  List<ModelEvent> begun(String json) throws IOException {
    var item = ResponsesFields.read(json);
    return item.type().equals("function_call") ? List.of(call(item)) : List.of();
  }

  List<ModelEvent> text(String delta) {
    heard = true;
    return delta.isEmpty() ? List.of() : List.of(new ModelEvent.Text(delta));
  }

  /// A piece of what it thinks; the parts of a summary are paragraphs.
  List<ModelEvent> reasoning(int number, String delta) {
    heard = true;
    if (delta.isEmpty()) {
      return List.of();
    }
    boolean another = part >= 0 && number != part;
    part = number;
    return List.of(new ModelEvent.Reasoning(another ? "\n\n" + delta : delta));
  }

  List<ModelEvent> arguments(String delta) {
    heard = true;
    return delta.isEmpty()
        ? List.of()
        : List.of(new ModelEvent.ToolCallPart(index, null, "", delta));
  }

  /// What is known only now: a thought's seal, and all of an item of which no piece was heard.
  ///
  /// @param json the whole item
  List<ModelEvent> ended(String provider, String json) throws IOException {
    var item = ResponsesFields.read(json);
    var events = new ArrayList<ModelEvent>();
    switch (item.type()) {
      case "message" -> {
        if (!heard) {
          ItemText.of(json, "content").forEach(words -> events.addAll(text(words)));
        }
      }
      case "reasoning" -> {
        if (!heard) {
          addReasoning(json, events);
        }
        if (!item.text("encrypted_content").isEmpty()) {
          events.add(new ModelEvent.Sealed(new Seal(provider, json)));
        }
      }
      case "function_call" -> {
        if (!begun) {
          events.add(call(item));
        }
        if (!heard) {
          events.addAll(arguments(item.text("arguments")));
        }
      }
      default -> {
        // What servers do on their side is none of ours.
      }
    }
    return events;
  }

  private void addReasoning(String json, List<ModelEvent> events) throws IOException {
    var summary = ItemText.of(json, "summary");
    var words = summary.isEmpty() ? ItemText.of(json, "content") : summary;
    for (int i = 0; i < words.size(); i++) {
      events.addAll(reasoning(i, words.get(i)));
    }
  }

  private ModelEvent call(ResponsesFields item) {
    begun = true;
    var id = item.text("call_id").isEmpty() ? item.get("id") : item.get("call_id");
    return new ModelEvent.ToolCallPart(index, id, item.text("name"), "");
  }
}
