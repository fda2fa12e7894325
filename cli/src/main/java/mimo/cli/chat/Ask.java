package mimo.cli.chat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A question that has to be answered before a turn goes on. Thread-safe.
///
/// @param lines what is asked, above the choices; set apart already
/// @param choices what can be answered, the last of them for who does not want to
/// @param reply what was chosen
public record Ask(List<String> lines, List<Choice> choices, CompletableFuture<Reply> reply) {

  /// One answer.
  ///
  /// @param key what to press
  /// @param words what it does
  public record Choice(char key, String words) {}

  /// What was answered.
  ///
  /// @param note what the user adds; empty for nothing
  public record Reply(Choice choice, String note) {}

  public Ask {
    lines = List.copyOf(lines);
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("a question needs a choice");
    }
  }

  public Ask(List<String> lines, List<Choice> choices) {
    this(lines, choices, new CompletableFuture<>());
  }

  Optional<Choice> choice(String typed) {
    return choices.stream()
        .filter(each -> typed.equalsIgnoreCase(String.valueOf(each.key())))
        .findFirst();
  }

  /// For who does not want to.
  Choice refusal() {
    return choices.getLast();
  }
}
