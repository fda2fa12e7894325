package mimo.agent.provider.offline;

import java.util.List;

/// Everything the offline model found out about its subject.
///
/// @param subject the path the prompt names
/// @param name what the subject is called where it has no heading
/// @param excerpts what the files it read say, the most telling first
record Findings(String subject, String name, List<Excerpt> excerpts) {

  private static final String SENTENCE =
      "This model follows fixed rules; configure a language model for an answer of substance.";

  Findings {
    excerpts = List.copyOf(excerpts);
  }

  /// The first sentence any of the files offers; the subject's path if none does.
  String summary() {
    for (var excerpt : excerpts) {
      if (!excerpt.sentence().isEmpty()) {
        return excerpt.sentence();
      }
    }
    return subject;
  }

  /// The heading of the introduction, else the name.
  String title() {
    for (var excerpt : excerpts) {
      if (!excerpt.heading().isEmpty()) {
        return excerpt.heading();
      }
    }
    return name;
  }

  /// The answer where no schema asks for a shape.
  String inWords() {
    var words = new StringBuilder(OfflineProvider.LABEL).append('\n').append(SENTENCE);
    if (!excerpts.isEmpty()) {
      words.append("\n\nFrom ").append(subject).append(':');
    }
    for (var excerpt : excerpts) {
      words.append("\n- ").append(excerpt.path());
      if (!excerpt.words().equals(excerpt.path())) {
        words.append(": ").append(excerpt.words());
      }
    }
    return words.toString();
  }
}
