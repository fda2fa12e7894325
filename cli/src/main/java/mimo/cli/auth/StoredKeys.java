package mimo.cli.auth;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mimo.agent.provider.catalog.StoredKey;

/// The keys a user has stored, and the entries that are sent nowhere, since nobody can tell what
/// they are.
///
/// @param keys by provider
/// @param unusable what is wrong with the other entries, by provider
public record StoredKeys(SortedMap<String, StoredKey> keys, SortedMap<String, String> unusable) {
  public StoredKeys {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    unusable = Collections.unmodifiableSortedMap(new TreeMap<>(unusable));
  }
}
