package mimo.agent.provider.offline;

import java.util.List;
import java.util.regex.Pattern;

/// Finds the sentence by which a project's manifest, or a workflow's `meta`, describes it.
final class Manifest {

  private static final List<Pattern> DESCRIPTIONS =
      List.of(
          Pattern.compile("(?m)^\\s*\"description\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)+)\""),
          Pattern.compile("(?s)<description>\\s*(.*?)\\s*</description>"),
          Pattern.compile("(?m)^description\\s*=\\s*\"([^\"]+)\""),
          Pattern.compile(
              "(?s)export const meta = \\{.{0,400}?description:\\s*[\"']([^\"']+)[\"']"));

  private Manifest() {}

  static String description(String name, String text) {
    if (!name.matches("(?i).*\\.(json|xml|toml|js|mjs|ts)")) {
      return "";
    }
    for (var pattern : DESCRIPTIONS) {
      var found = pattern.matcher(text);
      if (found.find()) {
        return Prose.firstSentence(Prose.plain(found.group(1)));
      }
    }
    return "";
  }
}
