package mimo.sandbox;

import java.nio.charset.StandardCharsets;
import mimo.sandbox.Guest.Settlement;

/// The caps on a value on its way into the guest.
final class ValueCaps {

  private ValueCaps() {}

  /// The settlement, or a rejection `value_too_large` in its place.
  static Settlement within(SandboxLimits limits, Settlement settlement) {
    return switch (settlement) {
      case Settlement.Resolved(var value, var clock, var spent) -> {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        int depth = depth(value);
        if (bytes <= limits.values().valueBytes() && depth <= limits.values().valueDepth()) {
          yield settlement;
        }
        String message =
            "the answer has %d bytes as JSON and %d levels; at most %d and %d are allowed"
                .formatted(
                    bytes, depth, limits.values().valueBytes(), limits.values().valueDepth());
        yield new Settlement.Rejected("value_too_large", message, clock, spent);
      }
      case Settlement.Rejected rejected -> rejected;
    };
  }

  /// How deep arrays and objects are nested in JSON text.
  private static int depth(String json) {
    int depth = 0;
    int deepest = 0;
    boolean inText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inText) {
        if (c == '\\') {
          i++;
        }
        inText = c != '"';
      } else if (c == '"') {
        inText = true;
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
  }
}
