package mimo.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One command: a vector of words, and what is set and opened for it. Without words it is what is
/// set and opened on behalf of something else, such as a loop.
///
/// @param caution why nobody can tell what it does, whatever rules say; null if one can
public record SimpleCommand(
    List<Assignment> assignments,
    List<Word> words,
    List<Redirection> redirections,
    @Nullable String caution) {

  public SimpleCommand {
    assignments = List.copyOf(assignments);
    words = List.copyOf(words);
    redirections = List.copyOf(redirections);
  }

  /// A command of these words alone.
  public static SimpleCommand of(List<Word> words) {
    return new SimpleCommand(List.of(), words, List.of(), null);
  }

  static SimpleCommand opening(List<Redirection> redirections) {
    return new SimpleCommand(List.of(), List.of(), redirections, null);
  }

  SimpleCommand withCaution(String why) {
    return caution != null ? this : new SimpleCommand(assignments, words, redirections, why);
  }

  SimpleCommand withWords(List<Word> others) {
    return new SimpleCommand(assignments, others, redirections, caution);
  }

  /// The same with files that its own options have it open.
  SimpleCommand alsoWriting(List<Word> targets) {
    var all = new ArrayList<>(redirections);
    targets.forEach(target -> all.add(new Redirection(Redirection.Use.WRITE, target)));
    return new SimpleCommand(assignments, words, all, caution);
  }

  /// What is set and opened for it, without its words.
  SimpleCommand withoutWords() {
    return new SimpleCommand(assignments, List.of(), redirections, caution);
  }

  /// The command as people read it.
  public String shown() {
    return words.stream().map(Word::text).collect(Collectors.joining(" "));
  }
}
