package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import mimo.agent.ContextLimits;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.ProviderLimits;

/// How far a conversation must have come for a checkpoint to be written (K1): shares of what it may
/// have, and numbers of tokens.
public final class Thresholds {

  /// How one is written.
  public static final String SHAPE = "([1-9][0-9]?%|[0-9]{1,6}(\\.[0-9]{1,3})?[KkMm]?)";

  private static final Pattern ONE = Pattern.compile(SHAPE);
  private static final double THOUSAND = 1_000;
  private static final double MILLION = 1_000_000;
  private static final int WHOLE = 100;

  /// 20, 45 and 70 hundredths.
  public static final Thresholds USUAL = of(List.of("20%", "45%", "70%"));

  private final List<String> words;

  private Thresholds(List<String> words) {
    this.words = List.copyOf(words);
  }

  /// Reads thresholds such as `45%`, `100K` and `1.5M`.
  ///
  /// @throws IllegalArgumentException if one is none, or there are too many
  public static Thresholds of(List<String> words) {
    if (words.size() > ContextLimits.CHECKPOINT_THRESHOLDS) {
      throw new IllegalArgumentException(
          "there are %d thresholds; at most %d count"
              .formatted(words.size(), ContextLimits.CHECKPOINT_THRESHOLDS));
    }
    for (var word : words) {
      if (!ONE.matches(word)) {
        throw new IllegalArgumentException(
            "the threshold '" + word + "' must be like 45%, 100K or 1.5M");
      }
    }
    return new Thresholds(words);
  }

  /// In tokens, in order, each once, and all below the point at which the conversation is rebuilt.
  ///
  /// @param usable tokens that it may have
  public List<Long> within(long usable) {
    long most = Math.max(1, usable * ContextLimits.CHECKPOINT_REBUILD_PERCENT / WHOLE - 1);
    return words.stream()
        .flatMapToLong(word -> LongStream.of(tokens(word, usable)))
        .map(tokens -> Math.clamp(tokens, 1, most))
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  private static long tokens(String word, long usable) {
    var number = word.substring(0, word.length() - 1);
    return switch (word.charAt(word.length() - 1)) {
      case '%' -> usable * Long.parseLong(number) / WHOLE;
      case 'K', 'k' -> Math.round(Double.parseDouble(number) * THOUSAND);
      case 'M', 'm' -> Math.round(Double.parseDouble(number) * MILLION);
      default -> Math.round(Double.parseDouble(word));
    };
  }

  /// The tokens a conversation may have: what the user allows, or else what its model takes in less
  /// what its reply may need (K1).
  ///
  /// @param budget what the user allows; nothing if he says nothing
  public static long usable(ModelSize size, OptionalLong budget) {
    var window = size.window();
    if (window == null) {
      return budget.orElse(ContextLimits.CHECKPOINT_WINDOW);
    }
    var output = size.output();
    long most = output == null ? ProviderLimits.OUTPUT_TOKENS : output;
    long reserve = Math.min(Math.min(most, ProviderLimits.OUTPUT_TOKENS), window / 4);
    return Math.min(window - reserve, budget.orElse(Long.MAX_VALUE));
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
