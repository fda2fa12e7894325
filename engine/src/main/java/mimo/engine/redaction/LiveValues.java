package mimo.engine.redaction;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// The secrets this process holds, and every form in which they may appear in text: as they are, in
/// base64 at each of the three alignments, percent-encoded, and escaped as in JSON (S64).
///
/// They are found in one pass: a rolling hash over the first few characters says where to look
/// closer, so the time does not grow with the number of secrets.
public final class LiveValues {

  private static final int WINDOW = EngineLimits.SHORTEST_LIVE_VALUE;
  private static final int BASE = 31;
  private static final int BASE_TO_WINDOW = power(BASE, WINDOW - 1);
  private static final int FILTER_BITS = 1 << 16;

  private final Map<Integer, List<Form>> formsByHash = new HashMap<>();
  private final long[] filter = new long[FILTER_BITS / Long.SIZE];
  private final Set<String> exact = new HashSet<>();

  /// One way to write a secret.
  private record Form(String text, String secret) {}

  /// A place in a text where a secret stands.
  record Hit(int start, int end, String secret) {}

  /// @param secrets those shorter than [EngineLimits#SHORTEST_LIVE_VALUE] are left out: they would
  ///   be found everywhere
  public LiveValues(Collection<String> secrets) {
    for (var secret : new HashSet<>(secrets)) {
      if (secret.length() >= WINDOW) {
        exact.add(secret);
        forms(secret).forEach(form -> add(form, secret));
      }
    }
    formsByHash
        .values()
        .forEach(forms -> forms.sort(Comparator.comparingInt(form -> -form.text().length())));
  }

  /// Whether the whole text is a secret.
  boolean contains(String text) {
    return exact.contains(text);
  }

  /// All places where secrets stand, left to right, none overlapping: of secrets that share some
  /// characters the whole stretch is one place, lest the rest of one be left standing.
  List<Hit> find(String text) {
    if (exact.isEmpty() || text.length() < WINDOW) {
      return List.of();
    }
    var hits = new ArrayList<Hit>();
    var hash = hash(text, 0);
    for (var start = 0; ; start++) {
      var form = mayBegin(hash) ? longestAt(text, start, hash) : null;
      if (form != null) {
        add(new Hit(start, start + form.text().length(), form.secret()), hits, text);
      }
      if (start + WINDOW >= text.length()) {
        return hits;
      }
      hash = (hash - text.charAt(start) * BASE_TO_WINDOW) * BASE + text.charAt(start + WINDOW);
    }
  }

  private static void add(Hit hit, List<Hit> hits, String text) {
    var last = hits.isEmpty() ? null : hits.getLast();
    if (last == null || last.end() <= hit.start()) {
      hits.add(hit);
    } else if (last.end() < hit.end()) {
      var both = text.substring(last.start(), hit.end());
      var secret = last.secret().equals(hit.secret()) ? hit.secret() : both;
      hits.set(hits.size() - 1, new Hit(last.start(), hit.end(), secret));
    }
  }

  private boolean mayBegin(int hash) {
    return (filter[(hash & (FILTER_BITS - 1)) >> 6] & (1L << hash)) != 0;
  }

  private @Nullable Form longestAt(String text, int start, int hash) {
    for (var form : formsByHash.getOrDefault(hash, List.of())) {
      if (text.startsWith(form.text(), start)) {
        return form;
      }
    }
    return null;
  }

  private void add(String form, String secret) {
    var hash = hash(form, 0);
    filter[(hash & (FILTER_BITS - 1)) >> 6] |= 1L << hash;
    formsByHash.computeIfAbsent(hash, _ -> new ArrayList<>()).add(new Form(form, secret));
  }

  /// None is shorter than the secret.
  private static Set<String> forms(String secret) {
    var forms = new HashSet<String>();
    forms.add(secret);
    forms.addAll(base64(secret));
    var percent = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.add(percent);
    forms.add(percent.replace("+", "%20"));
    forms.add(lowerCaseEscapes(percent));
    var escaped = jsonEscaped(secret);
    forms.add(escaped);
    forms.add(escaped.replace("/", "\\/"));
    forms.add(jsonEscaped(escaped));
    return forms;
  }

  /// Base64 of a text that has the secret somewhere inside: the characters that depend on its
  /// neighbours are cut off, for each of the three places it can have in a group of three bytes.
  private static Set<String> base64(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    var forms = new HashSet<String>();
    for (var lead = 0; lead < 3; lead++) {
      var shifted = new byte[lead + bytes.length];
      System.arraycopy(bytes, 0, shifted, lead, bytes.length);
      var from = lead == 0 ? 0 : lead + 1;
      var to = shifted.length * 8 / 6;
      forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
    return forms;
  }

  private static String lowerCaseEscapes(String percent) {
    var out = new StringBuilder(percent);
    for (var i = out.indexOf("%"); i >= 0; i = out.indexOf("%", i + 3)) {
      out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
      out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
    }
    return out.toString();
  }

  private static String jsonEscaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static int hash(String text, int start) {
    var hash = 0;
    for (var i = start; i < start + WINDOW; i++) {
      hash = hash * BASE + text.charAt(i);
    }
    return hash;
  }

  private static int power(int base, int exponent) {
    var power = 1;
    for (var i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }
}
