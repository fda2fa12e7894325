package mimo.engine.journal;

import java.util.Map;
import java.util.function.Predicate;

/// One entry as it is stored: a JSON text, and the large values it refers to by digest (D14).
///
/// @param type the entry's type, so that a store can count entries without reading them
/// @param body JSON text that UTF-8 can hold
/// @param blobs lower-case hex SHA-256 of a value's UTF-8 bytes, to the value
public record JournalRecord(String type, String body, Map<String, String> blobs) {

  public JournalRecord {
    blobs = Map.copyOf(blobs);
  }

  /// Whether its text or one of its large values is one that `test` means.
  public boolean concerns(Predicate<String> test) {
    return test.test(body) || blobs.values().stream().anyMatch(test);
  }
}
