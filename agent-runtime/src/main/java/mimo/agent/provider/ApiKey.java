package mimo.agent.provider;

import java.net.URI;
import java.util.Optional;

/// A provider's secret, bound to the one origin it may be sent to (A19, S59). Never prints itself.
public final class ApiKey {

  private final String value;
  private final Origin origin;

  private ApiKey(String value, Origin origin) {
    this.value = value;
    this.origin = origin;
  }

  /// A key for the origin of `url`.
  ///
  /// @throws IllegalArgumentException if no header can carry `value`; the message does not hold it
  public static ApiKey of(String value, URI url) {
    var origin = Origin.of(url);
    var trimmed = value.strip();
    if (trimmed.isEmpty() || !trimmed.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the API key for "
              + origin
              + " is empty, or holds a blank or a character that is not ASCII; copy it again");
    }
    return new ApiKey(trimmed, origin);
  }

  /// What `header` carries in a request to `url`; empty for another origin.
  public Optional<String> in(KeyHeader header, URI url) {
    return Origin.of(url).equals(origin) ? Optional.of(header.prefix() + value) : Optional.empty();
  }

  /// `text` without this key, for providers that quote it in their refusals.
  public String hiddenIn(String text) {
    return text.replace(value, "[key]");
  }

  @Override
  public String toString() {
    return "ApiKey[" + origin + "]";
  }
}
