package mimo.engine.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import mimo.engine.EngineException.RedactionFailed;

/// Finds the secrets this process holds, then what rules take for one.
public final class SecretRedactor implements Redactor {

  private static final String LIVE = "live-value";

  private final LiveValues live;
  private final Placeholders placeholders;
  private final Rules rules;

  /// A redactor of what a run stores.
  ///
  /// @param placeholderKey hex, at least one byte
  public SecretRedactor(LiveValues live, String placeholderKey) {
    this(live, placeholderKey, Rules.PREFIX_ANCHORED);
  }

  public SecretRedactor(LiveValues live, String placeholderKey, Rules rules) {
    this.live = live;
    this.placeholders = new Placeholders(placeholderKey);
    this.rules = rules;
  }

  @Override
  public String clean(String text) {
    try {
      return cleanRules(cleanLive(text));
    } catch (RuntimeException | StackOverflowError e) {
      throw new RedactionFailed("a text of " + text.length() + " characters was not cleaned", e);
    }
  }

  @Override
  public String cleanJson(String json) {
    try {
      JsonRedaction.requireOneValue(json);
      // Without escapes every string value is a part of the text: a clean text is a clean value.
      if (json.indexOf('\\') < 0 && clean(json).equals(json)) {
        return json;
      }
      return JsonRedaction.clean(json, this);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a text of " + json.length() + " characters is not JSON", e);
    } catch (IOException e) {
      throw new RedactionFailed("a text of " + json.length() + " characters was not cleaned", e);
    }
  }

  /// The mark for a JSON scalar that is a secret as a whole, or the scalar itself.
  String cleanScalar(String scalar) {
    return live.contains(scalar) ? placeholders.mark(LIVE, scalar, scalar) : scalar;
  }

  /// Cleans the value of a JSON member, whose name may give it away.
  String cleanMember(String name, String value) {
    var clean = clean(value);
    if (rules == Rules.PREFIX_ANCHORED || !clean.equals(value)) {
      return clean;
    }
    var head = name + "=";
    var named = cleanRules(head + value);
    // A name that is itself cleaned says nothing about the value.
    return named.startsWith(head) ? named.substring(head.length()) : clean;
  }

  private String cleanLive(String text) {
    var hits = live.find(text);
    if (hits.isEmpty()) {
      return text;
    }
    var out = new StringBuilder(text.length());
    var copied = 0;
    for (var hit : hits) {
      var matched = text.substring(hit.start(), hit.end());
      out.append(text, copied, hit.start());
      out.append(placeholders.mark(LIVE, hit.secret(), matched));
      copied = hit.end();
    }
    return out.append(text, copied, text.length()).toString();
  }

  private String cleanRules(String text) {
    var matches = rules.find(text);
    if (matches.isEmpty()) {
      return text;
    }
    var out = new StringBuilder(text.length());
    var copied = 0;
    for (var match : matches) {
      var matched = text.substring(match.start(), match.end());
      out.append(text, copied, match.start());
      out.append(placeholders.mark(match.rule(), matched, matched));
      copied = match.end();
    }
    return out.append(text, copied, text.length()).toString();
  }
}
