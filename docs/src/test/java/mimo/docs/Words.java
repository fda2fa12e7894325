package mimo.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The words that must not stand in this repository, each with what to write in its place. This
/// file is the only one that may hold them.
final class Words {

  private record Banned(Pattern pattern, String answer) {}

  private static final List<Banned> IN_TYPE_NAMES =
      List.of(
          banned("Managers?", "name what it keeps or decides"),
          banned("Helpers?", "name what it does"),
          banned("Utils?|Utilit(y|ies)", "name what it does"),
          banned("Services?", "name what it is"),
          banned("Impl", "name what makes this implementation different"),
          banned("Base", "name what the family shares, or use an interface"),
          banned("Info", "name the thing the information is about"),
          banned("Common", "put each part where it is used"));

  private static final String ONE_MACHINE =
      "a path of one machine; say it relative to the repository";

  private static final List<Banned> IN_TEXT =
      List.of(
          banned("\\b(TODO|FIXME|XXX)\\b", "finish it, or leave it out"),
          banned("(?<![\\w.$}~-])/(Users|root|work)/\\w", ONE_MACHINE),
          banned("(?i)\\bas (requested|instructed) (by|in)\\b", "say why"),
          banned(
              "(?i)\\bcrates\\.io\\b|\\b(repo\\d*|registry|central|files)\\.(?:[\\w-]+\\.)*"
                  + "(maven|npm|yarn|py|sonatype|gradle)[\\w-]*\\.(org|com|io|net)\\b",
              "name no package registry's host"));

  private Words() {}

  /// What to do about a type's name, or nothing if it is a good one. A word counts when it is a
  /// whole part of the name: `Information` is not `Info`.
  static Optional<String> inTypeName(String name) {
    for (var part : name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
      for (var word : IN_TYPE_NAMES) {
        if (word.pattern().matcher(part).matches()) {
          return Optional.of(part + " is banned: " + word.answer());
        }
      }
    }
    return Optional.empty();
  }

  /// One finding for each banned word in `text`, with its line.
  static List<String> inText(String text) {
    var found = new ArrayList<String>();
    var lines = text.split("\n", -1);
    for (var at = 0; at < lines.length; at++) {
      for (var word : IN_TEXT) {
        var match = word.pattern().matcher(lines[at]);
        if (match.find()) {
          found.add((at + 1) + ": '" + match.group() + "' is banned: " + word.answer());
        }
      }
    }
    return found;
  }

  private static Banned banned(String pattern, String answer) {
    return new Banned(Pattern.compile(pattern), answer);
  }
}
