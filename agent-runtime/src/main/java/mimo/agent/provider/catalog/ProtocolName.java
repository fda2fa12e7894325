package mimo.agent.provider.catalog;

import java.util.Arrays;
import java.util.List;

/// A way of speaking to models, by the name it has in configurations (A17).
public enum ProtocolName {
  OPENAI_CHAT("openai-chat"),
  OPENAI_RESPONSES("openai-responses"),
  ANTHROPIC("anthropic");

  private final String word;

  ProtocolName(String word) {
    this.word = word;
  }

  /// Reads what `provider.<id>.options.protocol` says.
  ///
  /// @throws IllegalArgumentException if there is no such protocol
  public static ProtocolName of(String word) {
    return Arrays.stream(values())
        .filter(name -> name.word.equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the protocol is one of %s, found '%s'"
                    .formatted(String.join(", ", words()), word)));
  }

  /// Its name in configurations.
  public String word() {
    return word;
  }

  /// All there are.
  public static List<String> words() {
    return Arrays.stream(values()).map(name -> name.word).toList();
  }
}
