package mimo.engine.redaction;

import com.google.re2j.Pattern;
import java.nio.CharBuffer;
import java.util.List;

/// The shape of one kind of key that announces itself by a prefix (M11). Precision comes first: a
/// rule that hits ordinary text would change what a workflow reads.
///
/// @param name lower case, shown in the placeholder
/// @param prefixes texts of which one begins every match
/// @param glue characters, besides letters and digits, that cannot stand right before a match
/// @param shape what a whole match looks like, prefix included
record SecretRule(String name, List<String> prefixes, String glue, Pattern shape) {

  /// A line break, or the escape that stands for one in quoted text.
  private static final String BREAK = "(?:\\s|\\\\[nr])";

  private static final String PRIVATE_KEY =
      "-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----"
          + BREAK
          + "*(?:(?:Proc-Type|DEK-Info): [A-Za-z0-9,-]{1,80}"
          + BREAK
          + "+){0,2}[A-Za-z0-9+/=]{32,}(?:"
          + BREAK
          + "+[A-Za-z0-9+/=]{16,})*(?:(?:"
          + BREAK
          + "+[A-Za-z0-9+/=]{1,15})?"
          + BREAK
          + "*-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----)?";

  /// The rules that apply to everything a run stores.
  static final List<SecretRule> PREFIX_ANCHORED =
      List.of(
          rule("aws-access-key", "(?:AKIA|ASIA)[A-Z2-7]{16}\\b", "AKIA", "ASIA"),
          rule(
              "github-token",
              "gh[opusr]_[A-Za-z0-9]{36,255}",
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_"),
          rule("github-pat", "github_pat_[A-Za-z0-9_]{50,255}", "github_pat_"),
          rule("anthropic-key", "sk-ant-[A-Za-z0-9_-]{20,255}", "sk-ant-"),
          rule(
              "openai-key",
              "sk-(?:(?:proj|svcacct|admin|or-v1)-[A-Za-z0-9_-]{32,255}|[A-Za-z0-9]{32,255})",
              "sk-"),
          rule("slack-token", "xox[abeoprs]-[A-Za-z0-9-]{10,255}", "xox"),
          rule("google-api-key", "AIza[A-Za-z0-9_-]{35}", "AIza"),
          rule("stripe-key", "[sr]k_live_[A-Za-z0-9]{16,255}", "sk_live_", "rk_live_"),
          rule("npm-token", "npm_[A-Za-z0-9]{36}", "npm_"),
          rule("gitlab-token", "glpat-[A-Za-z0-9_-]{20,255}", "glpat-"),
          rule("private-key", PRIVATE_KEY, "-----BEGIN "),
          new SecretRule(
              "jwt",
              List.of("eyJ"),
              "_-",
              anchored("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}")));

  private static SecretRule rule(String name, String shape, String... prefixes) {
    return new SecretRule(name, List.of(prefixes), "", anchored(shape));
  }

  /// Without the anchor in the pattern itself, re2j reads on to the end of the window even where
  /// only a match at its start can count.
  private static Pattern anchored(String shape) {
    return Pattern.compile("^(?:" + shape + ")");
  }

  /// Where the match that begins at `start` ends, or -1 if none begins there.
  int matchEnd(String text, int start, int longest) {
    if (start > 0 && continuesAWord(text, start)) {
      return -1;
    }
    // A view, not a copy: hostile text may hold a prefix in every few characters.
    var window = CharBuffer.wrap(text, start, Math.min(text.length(), start + longest));
    var matcher = shape.matcher(window);
    return matcher.lookingAt() ? start + matcher.end() : -1;
  }

  private boolean continuesAWord(String text, int start) {
    var before = text.charAt(start - 1);
    if (glue.indexOf(before) >= 0) {
      return true;
    }
    var wordy = Character.isLetterOrDigit(before) && !text.startsWith("-", start);
    // In quoted text the letter may belong to an escape such as \n.
    return wordy && !(start > 1 && text.charAt(start - 2) == '\\' && "nrt".indexOf(before) >= 0);
  }
}
