package mimo.compose.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import mimo.engine.ActivityRequest;
import mimo.engine.journal.ContentKeys;

/// Requests whose prompt is not the script's.
final class Amended {

  private Amended() {}

  /// The same request with another prompt. Its key is made of the old one: so the turns that go on
  /// from it are not those that went on from the old one either.
  static ActivityRequest request(ActivityRequest own, String prompt) {
    var key = JsonNodeFactory.instance.objectNode();
    key.put("key", own.key().value()).put("prompt", prompt);
    return new ActivityRequest(
        own.kind(),
        ContentKeys.of(key.toString()),
        own.path(),
        CallReader.object(own.input()).put("prompt", prompt).toString(),
        own.label(),
        own.phase(),
        own.position(),
        own.budget(),
        own.part());
  }
}
