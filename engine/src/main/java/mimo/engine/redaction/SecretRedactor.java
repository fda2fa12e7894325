package mimo.engine.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mimo.engine.EngineException.RedactionFailed;
import mimo.engine.EngineLimits;

/// Finds the secrets this process holds, then keys that announce themselves by a prefix.
public final class SecretRedactor implements Redactor {

  private static final String LIVE = "live-value";

  private final LiveValues live;
  private final Placeholders placeholders;

  /// @param placeholderKey hex, at least one byte
  public SecretRedactor(LiveValues live, String placeholderKey) {
    this.live = live;
    this.placeholders = new Placeholders(placeholderKey);
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
    var matches = matches(text);
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

  private record Match(String rule, int start, int end) {
    boolean overlaps(Match later) {
      return later.start < end;
    }

    Match and(Match later) {
      return new Match(rule, start, Math.max(end, later.end));
    }
  }

  /// The prefixes are looked for first; a pattern runs only where its prefix stands, over a bounded
  /// window. Sorted by place; matches that share some characters are one, named by the first.
  private static List<Match> matches(String text) {
    var matches = new ArrayList<Match>();
    for (var rule : SecretRule.PREFIX_ANCHORED) {
      for (var prefix : rule.prefixes()) {
        var at = text.indexOf(prefix);
        while (at >= 0) {
          var end = rule.matchEnd(text, at, EngineLimits.LONGEST_SECRET);
          if (end > 0) {
            matches.add(new Match(rule.name(), at, end));
          }
          at = text.indexOf(prefix, Math.max(end, at + 1));
        }
      }
    }
    matches.sort(
        Comparator.comparingInt(Match::start)
            .thenComparing(Comparator.comparingInt(Match::end).reversed()));
    return apart(matches);
  }

  private static List<Match> apart(List<Match> matches) {
    var apart = new ArrayList<Match>();
    for (var match : matches) {
      if (!apart.isEmpty() && apart.getLast().overlaps(match)) {
        apart.add(apart.removeLast().and(match));
      } else {
        apart.add(match);
      }
    }
    return apart;
  }
}
