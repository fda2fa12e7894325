package mimo.agent.provider.anthropic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.provider.wire.EventParser;
import mimo.agent.provider.wire.ModelEvent;
import mimo.agent.provider.wire.ProviderError;
import org.jspecify.annotations.Nullable;

/// Reads one reply in the Messages protocol, block by block. Confined to one thread.
///
/// Why the model stopped is told before the reply is whole; it counts only once `message_stop` has
/// come, so a reply cut between the two is a broken one (A27).
final class MessagesParser implements EventParser {

  private static final Set<String> KNOWN =
      Set.of(
          "message_start",
          "content_block_start",
          "content_block_delta",
          "content_block_stop",
          "message_delta",
          "message_stop",
          "error",
          "message");

  private final String provider;
  private final Map<Integer, OpenBlock> open = new HashMap<>();
  private final MessagesUsage usage = new MessagesUsage();
  private @Nullable String stopReason;

  MessagesParser(String provider) {
    this.provider = provider;
  }

  @Override
  public boolean knows(String event) {
    return KNOWN.contains(event);
  }

  @Override
  public List<ModelEvent> read(String json) throws IOException {
    var said = MessagesFields.read(json);
    var error = said.error();
    if (error != null) {
      return List.of(new ModelEvent.Refused(error));
    }
    return switch (said.type()) {
      case "message_start" -> {
        usage.take(said, "message.usage.");
        yield List.of();
      }
      case "content_block_start" -> start(said);
      case "content_block_delta" -> delta(said);
      case "content_block_stop" -> stop(said.index());
      case "message_delta" -> {
        usage.take(said, "usage.");
        stopReason = said.get("delta.stop_reason");
        yield List.of();
      }
      case "message_stop" -> ended(new ModelEvent.Done());
      default -> List.of();
    };
  }

  @Override
  public List<ModelEvent> readWhole(String json) throws IOException {
    var said = MessagesFields.read(json);
    var error = said.error();
    if (error != null || !said.type().equals("message")) {
      return List.of(
          new ModelEvent.Refused(
              error != null ? error : new ProviderError(0, "", "it sent no message")));
    }
    var events = new ArrayList<ModelEvent>();
    for (int i = 0; i < said.blocks().size(); i++) {
      var block = new OpenBlock(i, said.blocks().get(i));
      events.addAll(block.begun());
      events.addAll(block.ended(provider));
    }
    usage.take(said, "usage.");
    stopReason = said.get("stop_reason");
    events.addAll(ended());
    return events;
  }

  private List<ModelEvent> start(MessagesFields said) {
    var block = new OpenBlock(said.index(), said.below("content_block."));
    open.put(said.index(), block);
    return block.begun();
  }

  /// A block nobody saw begin has no kind; what it says is none of ours.
  private List<ModelEvent> delta(MessagesFields said) {
    var block = open.get(said.index());
    return block == null ? List.of() : block.continued(said.below("delta."));
  }

  private List<ModelEvent> stop(int index) {
    var block = open.remove(index);
    return block == null ? List.of() : block.ended(provider);
  }

  private List<ModelEvent> ended(ModelEvent... more) {
    var events = new ArrayList<ModelEvent>();
    usage.counted().ifPresent(tokens -> events.add(new ModelEvent.Used(tokens)));
    if (stopReason != null) {
      events.add(new ModelEvent.Finished(stopReason));
    }
    events.addAll(List.of(more));
    return events;
  }
}
