package mimo.agent.provider;

/// The header a protocol carries its key in.
public enum KeyHeader {
  AUTHORIZATION("Authorization", "Bearer "),
  X_API_KEY("x-api-key", "");

  private final String field;
  private final String prefix;

  KeyHeader(String field, String prefix) {
    this.field = field;
    this.prefix = prefix;
  }

  /// The header's name.
  public String field() {
    return field;
  }

  /// What stands before the key.
  String prefix() {
    return prefix;
  }
}
