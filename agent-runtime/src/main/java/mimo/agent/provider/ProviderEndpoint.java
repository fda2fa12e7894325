package mimo.agent.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  /// @param models what single ones have of their own, by how their names begin
  public record Dialect(
      OutputLimit outputLimit, Usage usage, Reasoning reasoning, Map<String, Trait> models) {

    public static final Dialect PLAIN =
        new Dialect(OutputLimit.MAX_TOKENS, Usage.ON_REQUEST, Reasoning.DROPPED);

    /// What may follow a model's name where only its date or its size is told apart.
    private static final String SEPARATORS = "-:@";

    public Dialect {
      models = Map.copyOf(models);
    }

    /// A dialect that all models of a provider share.
    public Dialect(OutputLimit outputLimit, Usage usage, Reasoning reasoning) {
      this(outputLimit, usage, reasoning, Map.of());
    }

    /// What becomes of what `model` thought.
    public Reasoning reasoning(String model) {
      var own = known(model);
      var said = own == null ? null : own.reasoning();
      return said == null ? reasoning : said;
    }

    /// Whether `model` is known to think, and to take what it thought.
    public boolean thinks(String model) {
      var own = known(model);
      return own != null && own.thinks() && own.reasoning() != Reasoning.DROPPED;
    }

    /// Whether `model` is known to take nothing of what it thought, or not to think at all.
    public boolean isDropped(String model) {
      var own = known(model);
      return own != null && own.reasoning() == Reasoning.DROPPED;
    }

    /// As many tokens as `model` can say of `wanted`.
    public long atMost(String model, long wanted) {
      var own = known(model);
      return own == null ? wanted : Math.min(own.outputTokens(), wanted);
    }

    /// The same dialect, with what is known of single models.
    public Dialect with(Map<String, Trait> known) {
      return new Dialect(outputLimit, usage, reasoning, known);
    }

    /// What is known of `model` or of those it is an edition of; the longest name that fits is the
    /// nearest.
    public @Nullable Trait known(String model) {
      var nearest =
          models.keySet().stream()
              .filter(name -> begins(model, name))
              .max(Comparator.comparingInt(String::length));
      return nearest.isEmpty() ? null : models.get(nearest.get());
    }

    /// Whether `model` is called `name`, or so with a date or a size behind it.
    public static boolean begins(String model, String name) {
      return model.startsWith(name)
          && (model.length() == name.length()
              || SEPARATORS.indexOf(model.charAt(name.length())) >= 0);
    }

    /// In what one model differs from others of its provider.
    ///
    /// @param reasoning null if in nothing
    /// @param outputTokens the most it can say at once
    /// @param thinks whether it is known to think before it speaks
    public record Trait(@Nullable Reasoning reasoning, long outputTokens, boolean thinks) {}

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
