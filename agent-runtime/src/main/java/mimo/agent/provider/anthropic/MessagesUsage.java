package mimo.agent.provider.anthropic;

import java.util.Optional;
import mimo.agent.provider.TokenUsage;

/// What a reply has cost so far. The protocol counts what it read from and wrote to its cache
/// beside its input, and a later count replaces an earlier one. Confined to one thread.
final class MessagesUsage {

  private boolean counted;
  private long input;
  private long output;
  private long cacheRead;
  private long cacheWrite;

  /// Takes the counts below `where`; those that are not there stay as they are.
  void take(MessagesFields said, String where) {
    input = count(said, where + "input_tokens", input);
    output = count(said, where + "output_tokens", output);
    cacheRead = count(said, where + "cache_read_input_tokens", cacheRead);
    cacheWrite = count(said, where + "cache_creation_input_tokens", cacheWrite);
  }

  Optional<TokenUsage> counted() {
    return counted
        ? Optional.of(
            new TokenUsage(input + cacheRead + cacheWrite, output, 0, cacheRead, cacheWrite))
        : Optional.empty();
  }

  private long count(MessagesFields said, String path, long known) {
    var text = said.get(path);
    if (text == null || !text.matches("\\d{1,15}")) {
      return known;
    }
    counted = true;
    return Long.parseLong(text);
  }
}
