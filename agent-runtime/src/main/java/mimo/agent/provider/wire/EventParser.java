package mimo.agent.provider.wire;

import java.io.IOException;
import java.util.List;

/// Reads what the events of one reply say. Confined to one thread.
public interface EventParser {

  /// Whether an event of this name must hold what [#read] understands; others may hold anything.
  boolean knows(String event);

  /// What one event of a stream says.
  ///
  /// @throws IOException if `json` is not JSON
  List<ModelEvent> read(String json) throws IOException;

  /// What a reply says that came whole instead of streamed.
  ///
  /// @throws IOException if `json` is not JSON
  List<ModelEvent> readWhole(String json) throws IOException;
}
