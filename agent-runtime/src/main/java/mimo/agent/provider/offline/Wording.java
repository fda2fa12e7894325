package mimo.agent.provider.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import mimo.agent.output.LinearPattern;

/// Chooses the words for a text value by the name of its property and what it is about.
record Wording(Findings findings, Place place) {

  private static final Pattern PATHS =
      Pattern.compile("(?i).*(path|file|folder|dir|directory|location|source|module|entry)s?");
  private static final Pattern NAMES =
      Pattern.compile("(?i)(.*[a-z])?(name|title|heading|label|id|key|subject|topic)s?");

  /// A text that keeps to the schema's lengths and pattern.
  String text(JsonNode schema) {
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (schema.has("pattern")) {
      return matching(schema.get("pattern").asText(), least, most);
    }
    return fitted(candidates().getFirst(), least, most);
  }

  /// The best words first.
  private List<String> candidates() {
    var excerpt = place.file();
    var suffix = place.number() > 0 ? " " + place.number() : "";
    var path = (excerpt == null ? findings.subject() : excerpt.path()) + suffix;
    var name = excerpt == null ? findings.title() : excerpt.name();
    var words = excerpt == null ? findings.summary() : excerpt.words();
    if (PATHS.matcher(place.name()).matches()) {
      return List.of(path, name, words);
    }
    if (NAMES.matcher(place.name()).matches()) {
      return List.of(name + suffix, path, words);
    }
    return List.of(words + suffix, name, path);
  }

  private String matching(String pattern, int least, int most) {
    var check = LinearPattern.compile(pattern);
    for (var candidate : candidates()) {
      for (var form : List.of(candidate, slug(candidate), candidate.toUpperCase(Locale.ROOT))) {
        int length = form.codePointCount(0, form.length());
        if (length >= least && length <= most && check.matches(form)) {
          return form;
        }
      }
    }
    return PatternExample.of(pattern, least).orElse("");
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /// Lengths count characters, not the halves some are stored in.
  private String fitted(String text, int least, int most) {
    var fitted = new StringBuilder(text);
    for (var excerpt : findings.excerpts()) {
      if (fitted.codePointCount(0, fitted.length()) < least) {
        fitted.append(' ').append(excerpt.path());
      }
    }
    while (fitted.codePointCount(0, fitted.length()) < least) {
      fitted.append('.');
    }
    int length = fitted.codePointCount(0, fitted.length());
    return length <= most
        ? fitted.toString()
        : fitted.substring(0, fitted.offsetByCodePoints(0, most));
  }
}
