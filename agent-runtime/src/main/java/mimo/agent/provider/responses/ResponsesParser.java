package mimo.agent.provider.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.ModelEvent;
import org.jspecify.annotations.Nullable;

/// Reads one reply in the Responses protocol, item by item. Confined to one thread.
final class ResponsesParser implements EventParser {

  private static final Set<String> KNOWN =
      Set.of(
          "response.created",
          "response.output_item.added",
          "response.output_item.done",
          "response.output_text.delta",
          "response.refusal.delta",
          "response.reasoning_summary_text.delta",
          "response.reasoning_text.delta",
          "response.function_call_arguments.delta",
          "response.completed",
          "response.incomplete",
          "response.failed",
          "error",
          "message");

  private final String provider;
  private final Map<Integer, OpenItem> open = new HashMap<>();

  ResponsesParser(String provider) {
    this.provider = provider;
  }

  @Override
  public boolean knows(String event) {
    return KNOWN.contains(event);
  }

  @Override
  public List<ModelEvent> read(String json) throws IOException {
    var said = ResponsesFields.read(json);
    var refusal = said.refusal();
    if (refusal != null) {
      return List.of(new ModelEvent.Refused(refusal));
    }
    var delta = said.text("delta");
    return switch (said.type()) {
      case "response.output_item.added" -> item(said).begun(said.text("item"));
      case "response.output_text.delta", "response.refusal.delta" -> item(said).text(delta);
      case "response.reasoning_summary_text.delta" ->
          item(said).reasoning(said.index("summary_index"), delta);
      case "response.reasoning_text.delta" ->
          item(said).reasoning(said.index("content_index"), delta);
      case "response.function_call_arguments.delta" -> item(said).arguments(delta);
      case "response.output_item.done" -> done(said);
      case "response.completed", "response.incomplete" -> ended(said, new ModelEvent.Done());
      default -> List.of();
    };
  }

  @Override
  public List<ModelEvent> readWhole(String json) throws IOException {
    var said = ResponsesFields.read(json);
    var refusal = said.refusal();
    if (refusal != null) {
      return List.of(new ModelEvent.Refused(refusal));
    }
    var events = new ArrayList<ModelEvent>();
    for (int i = 0; i < said.items().size(); i++) {
      events.addAll(new OpenItem(i).ended(provider, said.items().get(i)));
    }
    events.addAll(ended(said));
    return events;
  }

  private OpenItem item(ResponsesFields said) {
    return open.computeIfAbsent(said.index("output_index"), OpenItem::new);
  }

  private List<ModelEvent> done(ResponsesFields said) throws IOException {
    var events = item(said).ended(provider, said.text("item"));
    open.remove(said.index("output_index"));
    return events;
  }

  private static List<ModelEvent> ended(ResponsesFields said, ModelEvent... more) {
    var events = new ArrayList<ModelEvent>();
    said.usage().ifPresent(tokens -> events.add(new ModelEvent.Used(tokens)));
    var reason = reason(said);
    if (reason != null) {
      events.add(new ModelEvent.Finished(reason));
    }
    events.addAll(List.of(more));
    return events;
  }

  /// Why the model stopped; null if this is no reply.
  private static @Nullable String reason(ResponsesFields said) {
    boolean incomplete =
        said.type().equals("response.incomplete") || said.text("status").equals("incomplete");
    if (incomplete) {
      var why = said.get("incomplete_details.reason");
      return why == null ? ResponsesProtocol.INCOMPLETE : why;
    }
    boolean completed =
        said.type().equals("response.completed") || said.text("status").equals("completed");
    return completed ? ResponsesProtocol.COMPLETED : null;
  }
}
