package mimo.agent.tool;

import java.util.List;

/// What comes in for an agent by itself, such as the answer of an agent that works in the
/// background (A51). Thread-safe.
public interface Arrivals {

  /// Takes what has come since; whoever takes it writes it down and tells the model.
  List<Arrival> take();

  /// @param from what tells it from all else that comes in
  /// @param text for the model
  record Arrival(String from, String text) {}

  /// Nothing ever comes.
  static Arrivals none() {
    return List::of;
  }
}
