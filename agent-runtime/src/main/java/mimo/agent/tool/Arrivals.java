package mimo.agent.tool;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.AgentLimits;

/// What comes in for an agent by itself, such as the answer of an agent that works in the
/// background (A51). Thread-safe.
public interface Arrivals {

  /// Takes what has come since; whoever takes it writes it down and tells the model.
  List<Arrival> take();

  /// Whether something has come that nobody has taken: whoever rests may want to begin (A51).
  default boolean areDue() {
    return false;
  }

  /// @param from what tells it from all else that comes in
  /// @param text for the model
  record Arrival(String from, String text) {}

  /// What comes from here and from there.
  default Arrivals and(Arrivals others) {
    return () -> {
      var all = new ArrayList<>(take());
      all.addAll(others.take());
      return all;
    };
  }

  /// A text that is not too long to come in: of a longer one, beginning and end.
  static String bounded(String text) {
    int half = AgentLimits.ARRIVAL_CHARS / 2;
    if (text.length() <= 2 * half) {
      return text;
    }
    int head = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
    int end = text.length() - half;
    int tail = Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    return text.substring(0, head)
        + "\n(%d characters are left out here)\n".formatted(tail - head)
        + text.substring(tail);
  }

  /// Nothing ever comes.
  static Arrivals none() {
    return List::of;
  }
}
