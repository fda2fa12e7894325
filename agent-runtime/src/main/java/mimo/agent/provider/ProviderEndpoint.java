package mimo.agent.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a provider is reached and how it wants to be spoken to.
///
/// @param id the name before the slash in `provider/model`
/// @param baseUrl the address its protocol's paths are appended to
/// @param key null for a provider that asks for none
/// @param keyVariables the environment variables a key is looked for in
public record ProviderEndpoint(
    String id,
    URI baseUrl,
    @Nullable ApiKey key,
    List<String> keyVariables,
    Dialect dialect,
    Patience patience) {

  public ProviderEndpoint {
    keyVariables = List.copyOf(keyVariables);
  }

  public Origin origin() {
    return Origin.of(baseUrl);
  }

  /// The places where providers of one protocol differ.
  ///
  /// @param usage whether token counts must be asked for
  /// @param reasoning whether a model wants to see what it thought before its tool calls
  public record Dialect(OutputLimit outputLimit, Usage usage, Reasoning reasoning) {

    public static final Dialect PLAIN =
        new Dialect(OutputLimit.MAX_TOKENS, Usage.ON_REQUEST, Reasoning.DROPPED);

    /// The name of the field that limits a reply.
    public enum OutputLimit {
      MAX_TOKENS,
      MAX_COMPLETION_TOKENS
    }

    /// When a stream counts its tokens.
    public enum Usage {
      ON_REQUEST,
      UNASKED
    }

    /// What becomes of earlier reasoning.
    public enum Reasoning {
      DROPPED,
      SENT_BACK
    }
  }

  /// How long to wait for a connection, and for the next byte.
  public record Patience(Duration connect, Duration idle) {

    public static final Patience DEFAULT =
        new Patience(ProviderLimits.CONNECT, ProviderLimits.IDLE);

    public Patience {
      if (!connect.isPositive() || !idle.isPositive()) {
        throw new IllegalArgumentException(
            "the waits " + connect + " and " + idle + " must be positive");
      }
    }
  }
}
