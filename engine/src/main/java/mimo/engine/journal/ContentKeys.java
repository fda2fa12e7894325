package mimo.engine.journal;

import mimo.engine.ContentKey;

/// Computes content keys: the digest of what is asked for, in canonical form (D8, D30).
public final class ContentKeys {

  private ContentKeys() {}

  /// The key of a JSON text. Texts that mean the same JSON value have the same key.
  ///
  /// @throws IllegalArgumentException if the text is not JSON, or repeats a member name
  public static ContentKey of(String json) {
    return new ContentKey(Digests.hex(CanonicalJson.of(json)));
  }
}
