package mimo.agent.provider.offline;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds the comment that introduces a source file: the first one written as documentation, else
/// the first one at all, licences and orders to tools left out.
final class Comments {

  private static final Pattern C_DOC =
      Pattern.compile("(?ms)/\\*\\*(?!/)(.*?)\\*/|((?:^[ \\t]*//[/!][^\\n]*\\n?)+)");
  private static final Pattern C_ANY =
      Pattern.compile("(?ms)/\\*(.*?)\\*/|((?:^[ \\t]*//[^\\n]*\\n?)+)");
  private static final Pattern HASH = Pattern.compile("(?m)((?:^[ \\t]*#[^\\n]*\\n?)+)");
  private static final Pattern DOCSTRING = Pattern.compile("(?s)(?:\"\"\"|''')(.*?)(?:\"\"\"|''')");
  private static final Pattern MARKUP = Pattern.compile("(?s)<!--(.*?)-->");
  private static final Pattern DASHES = Pattern.compile("(?m)((?:^[ \\t]*--[^\\n]*\\n?)+)");
  private static final Pattern NO_INTRODUCTION =
      Pattern.compile(
          "(?i)copyright|licen[sc]ed|spdx-|all rights reserved|eslint|prettier|@ts-|noinspection"
              + "|^\\s*#!|-\\*-|vim:|do not edit");
  private static final Pattern MARKS =
      Pattern.compile("(?m)^[ \\t]*(?:/{2,}!?|\\*+(?!\\*)|#+!?|--+)[ \\t]?");
  private static final Pattern TAG = Pattern.compile("(?ms)^\\s*@\\w+.*");

  private Comments() {}

  static String sentence(String name, String text) {
    for (var style : styles(name)) {
      var found = style.matcher(text);
      while (found.find()) {
        var comment = found.group(1) != null ? found.group(1) : found.group(2);
        var sentence = sentence(comment);
        if (!sentence.isEmpty()) {
          return sentence;
        }
      }
    }
    return "";
  }

  private static String sentence(String comment) {
    if (NO_INTRODUCTION.matcher(comment).find()) {
      return "";
    }
    var words = TAG.matcher(MARKS.matcher(comment).replaceAll("")).replaceAll("");
    return Prose.sentence(words);
  }

  private static List<Pattern> styles(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "py" -> List.of(DOCSTRING, HASH);
      case "sh",
          "bash",
          "zsh",
          "rb",
          "yml",
          "yaml",
          "toml",
          "properties",
          "pl",
          "r",
          "conf",
          "cfg",
          "ini",
          "makefile",
          "dockerfile",
          "gitignore" ->
          List.of(HASH);
      case "html", "htm", "xml", "svg", "vue" -> List.of(MARKUP);
      case "sql", "lua", "hs", "elm" -> List.of(DASHES);
      case "json", "csv" -> List.of();
      default -> List.of(C_DOC, C_ANY);
    };
  }
}
