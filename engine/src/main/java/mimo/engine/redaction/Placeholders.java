package mimo.engine.redaction;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The marks that stand where secrets stood: `[REDACTED:<rule>:<4 hex>]`. The digits are a keyed
/// hash, so one can see that two marks hide the same secret without being able to test a guess.
public final class Placeholders {

  private static final Pattern SHAPE = Pattern.compile("\\[REDACTED:[a-z0-9-]+:[0-9a-f]{4}\\]");

  /// Copied for each use: setting one up costs more than a short text.
  private final Mac mac;

  Placeholders(String hexKey) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(hexKey), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HmacSHA256, which all must have", e);
    }
  }

  /// Whether the text holds a placeholder.
  public static boolean in(String text) {
    return text.contains("[REDACTED:") && SHAPE.matcher(text).find();
  }

  /// Whether two redacted texts may have been one text before: a placeholder on either side stands
  /// for anything (D70).
  public static boolean mayBeEqual(String one, String other) {
    return one.equals(other)
        || (in(one) && matches(one, other))
        || (in(other) && matches(other, one));
  }

  private static boolean matches(String pattern, String text) {
    var parts = parts(pattern);
    var first = parts.getFirst();
    var last = parts.getLast();
    if (!text.startsWith(first)
        || !text.endsWith(last)
        || text.length() < first.length() + last.length()) {
      return false;
    }
    var at = first.length();
    var end = text.length() - last.length();
    for (var part : parts.subList(1, parts.size() - 1)) {
      var found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }

  /// What stood where a redacted text has placeholders; none if it is not of that text.
  public static List<String> hidden(String redacted, String text) {
    var pattern = new StringBuilder("(?s)");
    var parts = parts(redacted);
    for (int i = 0; i < parts.size(); i++) {
      pattern.append(i == 0 ? "" : "(.+?)").append(Pattern.quote(parts.get(i)));
    }
    var matcher = Pattern.compile(pattern.toString()).matcher(text);
    var hidden = new ArrayList<String>();
    if (matcher.matches()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        hidden.add(matcher.group(group));
      }
    }
    return hidden;
  }

  private static List<String> parts(String pattern) {
    var parts = new ArrayList<String>();
    var matcher = SHAPE.matcher(pattern);
    var copied = 0;
    while (matcher.find()) {
      parts.add(pattern.substring(copied, matcher.start()));
      copied = matcher.end();
    }
    parts.add(pattern.substring(copied));
    return parts;
  }

  /// The mark for a secret. It keeps the secret's line breaks, so that line numbers stay true.
  String mark(String rule, String secret, String matched) {
    var lines = matched.chars().filter(unit -> unit == '\n').count();
    return "[REDACTED:" + rule + ":" + hash(secret) + "]" + "\n".repeat(Math.toIntExact(lines));
  }

  private String hash(String secret) {
    try {
      var own = (Mac) mac.clone();
      return HexFormat.of().formatHex(own.doFinal(secret.getBytes(StandardCharsets.UTF_8)), 0, 2);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's HmacSHA256 cannot be copied", e);
    }
  }
}
