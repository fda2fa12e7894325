package mimo.agent.tool;

import java.util.ArrayList;
import java.util.List;

/// What comes in for an agent by itself, such as the answer of an agent that works in the
/// background (A51). Thread-safe.
public interface Arrivals {

  /// Takes what has come since; whoever takes it writes it down and tells the model.
  List<Arrival> take();

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

  /// Nothing ever comes.
  static Arrivals none() {
    return List::of;
  }
}
