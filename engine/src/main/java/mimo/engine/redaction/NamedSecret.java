package mimo.engine.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A random-looking value behind one name that says it is a secret: `api_key = "…"`, `"password":
/// "…"`, `Authorization: Bearer …`, `--token …` (M11). For what is kept as text, not for what a
/// workflow reads: it is a guess.
///
/// @param word the name, in lower case
/// @param standing how it must stand in the name that is found
record NamedSecret(String word, Standing standing) implements Detector {

  private static final String NAME = "named-secret";

  /// What a word needs around it.
  enum Standing {
    /// It is one wherever it stands.
    ANYWHERE,
    /// It must not be a part of a longer word, such as `compass` or `author`.
    ALONE,
    /// It opens something secret, as `api_key` does and `primary_key` does not.
    QUALIFIED,
    /// It is the name of a service whose keys have no prefix.
    SERVICE
  }

  private static final List<String> ANYWHERE =
      List.of("password", "passwd", "passphrase", "secret", "token", "credential", "bearer");

  private static final List<String> ALONE = List.of("pass", "pwd", "auth", "authorization");

  private static final List<String> SERVICES =
      List.of(
          "adafruit",
          "algolia",
          "asana",
          "beamer",
          "bitbucket",
          "bittrex",
          "cloudflare",
          "codecov",
          "coinbase",
          "confluent",
          "contentful",
          "datadog",
          "discord",
          "dropbox",
          "droneci",
          "etsy",
          "facebook",
          "fastly",
          "finicity",
          "finnhub",
          "freshbooks",
          "gitter",
          "gocardless",
          "heroku",
          "hubspot",
          "intercom",
          "jfrog",
          "kraken",
          "kucoin",
          "linkedin",
          "looker",
          "mailchimp",
          "mailgun",
          "mattermost",
          "messagebird",
          "netlify",
          "nytimes",
          "okta",
          "pagerduty",
          "plaid",
          "rapidapi",
          "sendbird",
          "shodan",
          "snyk",
          "squarespace",
          "travis",
          "trello",
          "twilio",
          "twitch",
          "twitter",
          "zendesk");

  /// What makes a secret of a key.
  private static final Set<String> QUALIFIERS =
      Set.of(
          "access",
          "account",
          "admin",
          "api",
          "app",
          "auth",
          "cipher",
          "client",
          "crypt",
          "encryption",
          "hmac",
          "license",
          "live",
          "management",
          "master",
          "private",
          "rest",
          "secret",
          "service",
          "shared",
          "signing",
          "storage",
          "subscription",
          "token",
          "write");

  /// A name that ends like this names no secret.
  private static final Set<String> TAMED =
      Set.of(
          "count", "digest", "expiry", "field", "file", "format", "hash", "id", "ids", "index",
          "length", "limit", "limits", "name", "path", "policy", "prefix", "public", "regex",
          "size", "ttl", "type", "uri", "url", "usage", "version");

  private static final int LONGEST_NAME = 40;

  /// One detector for each word.
  static List<NamedSecret> all() {
    var all = new ArrayList<NamedSecret>();
    ANYWHERE.forEach(word -> all.add(new NamedSecret(word, Standing.ANYWHERE)));
    ALONE.forEach(word -> all.add(new NamedSecret(word, Standing.ALONE)));
    SERVICES.forEach(word -> all.add(new NamedSecret(word, Standing.SERVICE)));
    all.add(new NamedSecret("key", Standing.QUALIFIED));
    return List.copyOf(all);
  }

  @Override
  public Set<String> heads() {
    return Set.of(word.substring(0, Shape.HEAD));
  }

  @Override
  public @Nullable Match at(String text, int at) {
    int wordEnd = at + word.length();
    if (!text.regionMatches(true, at, word, 0, word.length()) || !stands(text, at, wordEnd)) {
      return null;
    }
    int nameEnd = Assignment.IDENTIFIER.end(text, wordEnd, LONGEST_NAME);
    if (isTamed(text.substring(wordEnd, nameEnd))) {
      return null;
    }
    var value = Assignment.after(text, nameEnd, word.equals("bearer"));
    return value != null && isSecret(value) ? new Match(NAME, value.start(), value.end()) : null;
  }

  private boolean isSecret(Assignment value) {
    return standing == Standing.SERVICE ? value.isSurelySecret() : value.isSecret();
  }

  private boolean stands(String text, int at, int end) {
    return switch (standing) {
      case ANYWHERE -> true;
      case ALONE -> beginsWord(text, at) && endsWord(text, end);
      case QUALIFIED -> endsWord(text, end) && isQualified(text, at);
      case SERVICE -> beginsWord(text, at);
    };
  }

  private static boolean beginsWord(String text, int at) {
    return at == 0 || !Character.isLetter(text.charAt(at - 1)) || isCapital(text, at);
  }

  /// Whether a word begins here only by its capital, as in `apiKey`.
  private static boolean isCapital(String text, int at) {
    return Character.isUpperCase(text.charAt(at)) && Character.isLowerCase(text.charAt(at - 1));
  }

  private static boolean endsWord(String text, int at) {
    return at >= text.length() || !Character.isLetter(text.charAt(at)) || isCapital(text, at);
  }

  /// Whether the word before, which may be joined to it, is one of those that count: `api_key`,
  /// `api key`, `apiKey`, `apikey`.
  private static boolean isQualified(String text, int at) {
    int end = at > 0 && "_-. ".indexOf(text.charAt(at - 1)) >= 0 ? at - 1 : at;
    int start = end;
    while (start > 0 && end - start < LONGEST_NAME && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    var before = text.substring(start, end).toLowerCase(Locale.ROOT);
    return QUALIFIERS.stream().anyMatch(before::endsWith);
  }

  private static boolean isTamed(String rest) {
    int start = rest.length();
    while (start > 0 && Character.isLetter(rest.charAt(start - 1))) {
      start--;
      if (beginsWord(rest, start)) {
        break;
      }
    }
    return TAMED.contains(rest.substring(start).toLowerCase(Locale.ROOT));
  }
}
