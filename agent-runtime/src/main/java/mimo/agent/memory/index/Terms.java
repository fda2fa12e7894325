package mimo.agent.memory.index;

import com.google.re2j.Pattern;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mimo.agent.AgentLimits;

/// The words of texts and queries, as the index has them.
final class Terms {

  /// Words that say nothing of what is looked for. A query of nothing else keeps them.
  private static final Set<String> STOP =
      Set.copyOf(
          words(
              """
              a about after again all also am an and any are as at be been before being both but
              by can could did do does doing done during each else ever for from further get gets
              got had has have having he her here hers him his how i if in into is it its itself
              just let like me more most much my no nor not now of off on once one only or other
              our ours out over own please same she should so some such than that the their theirs
              them then there these they this those through to too under until up us use used
              using very was we were what when where which while who whom whose why will with
              would you your yours tell know remember many kind type
              """));

  private static final Set<String> WIDE_STOP =
      Set.copyOf(
          words(
              """
              什么 怎么 如何 哪个 哪些 哪里 哪儿 为什 多少 我们 你们 他们 她们 它们 是否 可以 是什 么的
              的是 了什 有什 时候 候的 么时 这个 那个 一个 是在 在哪 是哪 的什 怎样 么样 吗的 了吗 的吗
              """));

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern HUMPS =
      Pattern.compile("[A-Z]+[a-z0-9]+|[a-z][a-z0-9]*|[A-Z]{2,}|[0-9]+");

  /// What kind of token a term is in the index.
  enum Kind {
    WORD,
    /// Two wide characters.
    PAIR,
    /// One wide character, which begins pairs.
    SINGLE,
    /// A day, month or year, however it was written.
    DATE
  }

  /// One thing to look for.
  record Term(Kind kind, String text) {}

  private Terms() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+", -1));
  }

  /// What a query looks for, each thing once.
  static List<Term> of(String query) {
    var text = Normalizer.normalize(query, Normalizer.Form.NFC);
    var terms = new LinkedHashSet<Term>();
    var stopped = new LinkedHashSet<Term>();
    Dates.tokens(text).forEach(date -> terms.add(new Term(Kind.DATE, date)));
    var words = WORD.matcher(text);
    while (words.find()) {
      addWord(words.group(), terms, stopped);
    }
    var all = terms.isEmpty() ? stopped : terms;
    return all.stream().limit(AgentLimits.MEMORY_QUERY_TERMS).toList();
  }

  private static void addWord(String word, Set<Term> terms, Set<Term> stopped) {
    for (var run : Wide.runs(word)) {
      for (var pair : Wide.pairs(run)) {
        boolean single = pair.codePointCount(0, pair.length()) == 1;
        var term = new Term(single ? Kind.SINGLE : Kind.PAIR, pair);
        (WIDE_STOP.contains(pair) ? stopped : terms).add(term);
      }
    }
    for (var narrow : narrow(word)) {
      var term = new Term(Kind.WORD, narrow.toLowerCase(Locale.ROOT));
      // A lone letter is what an apostrophe has left.
      boolean empty = STOP.contains(term.text()) || narrow.matches("[a-z]");
      (empty ? stopped : terms).add(term);
    }
  }

  /// The stretches of a word that are not wide.
  private static List<String> narrow(String word) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    word.codePoints()
        .forEach(point -> {
          if (Wide.is(point)) {
            parts.add(part.toString());
            part.setLength(0);
          } else {
            part.appendCodePoint(point);
          }
        });
    parts.add(part.toString());
    parts.removeIf(String::isEmpty);
    return parts;
  }

  /// What is found of a section besides its words: pairs of wide characters, dates, and the words
  /// that a name such as `retryLimit` is made of.
  static String extra(String heading, String body) {
    var tokens = new ArrayList<String>();
    for (var text : List.of(heading, body)) {
      Wide.runs(text).forEach(run -> tokens.addAll(Wide.tokens(run)));
      tokens.addAll(Dates.tokens(text));
      var words = WORD.matcher(text);
      while (words.find()) {
        addHumps(words.group(), tokens);
      }
    }
    return String.join(" ", tokens);
  }

  private static void addHumps(String word, List<String> tokens) {
    boolean mixed = !word.equals(word.toLowerCase(Locale.ROOT)) && word.length() > 3;
    if (!mixed) {
      return;
    }
    var humps = HUMPS.matcher(word);
    var parts = new ArrayList<String>();
    while (humps.find()) {
      parts.add(humps.group().toLowerCase(Locale.ROOT));
    }
    if (parts.size() > 1) {
      tokens.addAll(parts);
    }
  }
}
