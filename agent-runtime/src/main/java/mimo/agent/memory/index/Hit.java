package mimo.agent.memory.index;

import java.util.List;
import mimo.agent.memory.index.Document.Section;

/// A section that was found, and why.
///
/// @param document the name of its document
/// @param score 1 for the best section were it new and of no particular scope
public record Hit(String document, Section section, double score, Reasons reasons) {

  /// What made the score (M18).
  ///
  /// @param words what matched of the query
  /// @param text what the words come to
  /// @param neighbours what the sections beside it add
  /// @param recency the factor for its age
  /// @param scope the factor for whom it is for
  /// @param floor below it nothing is shown
  public record Reasons(
      List<Word> words,
      double text,
      double neighbours,
      double recency,
      double scope,
      double floor) {
    public Reasons {
      words = List.copyOf(words);
    }
  }

  /// A word of the query that matched.
  ///
  /// @param word as it was looked for
  /// @param sections how many sections have it
  /// @param weight how much it counts: rare words count more
  /// @param stem how well the section has its stem
  /// @param exact how well it has the word itself
  /// @param part how well it has it inside other words
  public record Word(
      String word, int sections, double weight, double stem, double exact, double part) {}
}
