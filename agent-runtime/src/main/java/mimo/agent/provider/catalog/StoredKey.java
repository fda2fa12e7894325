package mimo.agent.provider.catalog;

import mimo.agent.provider.Origin;
import org.jspecify.annotations.Nullable;

/// A provider's key that the user has stored, and the one origin it may be sent to (A19).
///
/// @param origin null for the address the preset of that name has by itself
public record StoredKey(String key, @Nullable Origin origin) {

  /// Without the key.
  @Override
  public String toString() {
    return "StoredKey[" + origin + "]";
  }
}
