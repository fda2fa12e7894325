package mimo.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// Numbers as people read them.
public final class Figures {

  private Figures() {}

  public static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /// `1 agent`, `3 agents`.
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /// `812`, `14.2k`, `3.1M`.
  public static String tokens(long tokens) {
    if (tokens < 1000) {
      return Long.toString(tokens);
    }
    return tokens < 1_000_000
        ? String.format(Locale.ROOT, "%.1fk", tokens / 1e3)
        : String.format(Locale.ROOT, "%.1fM", tokens / 1e6);
  }

  /// What was used, in words: tokens, and money where a price is known. Scripted answers say so
  /// instead of showing a cost (A25).
  static String usage(Map<String, Long> usage, boolean offline) {
    long input = usage.getOrDefault("input_tokens", 0L);
    long output = usage.getOrDefault("output_tokens", 0L);
    var tokens = tokens(input) + " tokens in, " + tokens(output) + " out";
    if (offline) {
      return tokens + ", offline: simulated" + overhead(usage);
    }
    var cost = usage.get("cost_micro_usd");
    return (cost == null ? tokens : tokens + ", " + dollars(cost)) + overhead(usage);
  }

  /// The part of it that went to candidates that were not chosen, and to judges.
  private static String overhead(Map<String, Long> usage) {
    long requests = usage.getOrDefault("overhead_requests", 0L);
    if (requests == 0) {
      return "";
    }
    long input = usage.getOrDefault("overhead_input_tokens", 0L);
    long output = usage.getOrDefault("overhead_output_tokens", 0L);
    var cost = usage.getOrDefault("overhead_cost_micro_usd", 0L);
    return " (overhead of Max Mode: %s, %s in, %s out%s)"
        .formatted(
            count(requests, "request"),
            tokens(input),
            tokens(output),
            cost == 0 ? "" : ", " + dollars(cost));
  }

  /// An amount of money, small ones with more digits.
  public static String dollars(long microUsd) {
    return String.format(Locale.ROOT, microUsd < 1_000_000 ? "$%.4f" : "$%.2f", microUsd / 1e6);
  }
}
