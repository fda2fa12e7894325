package mimo.agent.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What looks like a secret among the words of a command: people do write keys there.
public final class SecretWords {

  private static final String NAME =
      "[\\w.-]*(?:key|token|secret|pass|passwd|password|passphrase|auth|authorization|cookie"
          + "|credentials?)";

  /// An option that another word follows.
  private static final Pattern OPTION = Pattern.compile("(?i)--?" + NAME);

  /// A value behind its name, as in `--token=…`, `API_KEY=…`, `Authorization: …` or `?key=…`.
  private static final Pattern NAMED =
      Pattern.compile("(?i)" + NAME + "[\"']?\\s{0,9}[=:]\\s{0,9}(?:bearer |basic )?([^\\s&/~].*)");

  /// What is known by its beginning, or stands before the host of an address.
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\b((?:sk|pk|rk)[-_][\\w-]{8,}|gh[a-z]_\\w{8,}|github_pat_\\w{8,}|glpat-[\\w-]{8,}"
              + "|xox[a-z]-[\\w-]{8,}|AKIA\\w{8,}|AIza[\\w-]{8,}|eyJ[\\w.-]{16,})"
              + "|://([^/@\\s]+)@");

  private static final String MASK = "…";

  private SecretWords() {}

  /// The words with dots for what looks like a secret.
  public static List<String> masked(List<String> command) {
    var masked = new ArrayList<String>();
    boolean follows = false;
    for (var word : command) {
      masked.add(follows && isValue(word) ? MASK : masked(word));
      follows = OPTION.matcher(word).matches();
    }
    return List.copyOf(masked);
  }

  private static String masked(String word) {
    var masked = word;
    for (var secret : in(word)) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  /// What looks like a secret among the words.
  public static List<String> of(List<String> command) {
    var secrets = new ArrayList<String>();
    boolean follows = false;
    for (var word : command) {
      if (follows && isValue(word)) {
        secrets.add(word);
      }
      secrets.addAll(in(word));
      follows = OPTION.matcher(word).matches();
    }
    return List.copyOf(secrets);
  }

  /// Another option is none, and files are named openly.
  private static boolean isValue(String word) {
    return !word.startsWith("-") && !word.startsWith("/") && !word.startsWith("~");
  }

  private static List<String> in(String word) {
    var secrets = new ArrayList<String>();
    var named = NAMED.matcher(word);
    if (named.find()) {
      secrets.add(named.group(1));
    }
    var known = KNOWN.matcher(word);
    while (known.find()) {
      secrets.add(known.group(1) == null ? known.group(2) : known.group(1));
    }
    return secrets;
  }
}
