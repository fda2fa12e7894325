package mimo.engine.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import mimo.engine.redaction.Detector.Match;
import org.jspecify.annotations.Nullable;

/// The prefilter (S64): one pass over a text that stops only where three characters in a row may
/// begin a secret, whatever their case. Ordinary text costs a shift, a bit test and little else for
/// each character, however many rules there are.
final class Trigrams {

  private static final int BITS = 15;
  private static final int MASK = (1 << BITS) - 1;

  private final long[] filter = new long[(1 << BITS) / Long.SIZE];
  private final Entry[][] entries = new Entry[1 << BITS][];
  private final int rules;

  /// A detector and its number, under which a scan remembers how far it has come.
  private record Entry(int number, Detector detector) {}

  Trigrams(List<Detector> detectors) {
    rules = detectors.size();
    var lists = new ArrayList<List<Entry>>();
    for (int i = 0; i <= MASK; i++) {
      lists.add(new ArrayList<>(0));
    }
    for (int number = 0; number < rules; number++) {
      var entry = new Entry(number, detectors.get(number));
      entry.detector().heads().stream()
          .map(Trigrams::hash)
          .distinct()
          .forEach(hash -> lists.get(hash).add(entry));
    }
    for (int hash = 0; hash <= MASK; hash++) {
      if (!lists.get(hash).isEmpty()) {
        filter[hash >> 6] |= 1L << hash;
        entries[hash] = lists.get(hash).toArray(Entry[]::new);
      }
    }
  }

  private static int hash(String head) {
    int hash = 0;
    for (int i = 0; i < Shape.HEAD; i++) {
      hash = next(hash, head.charAt(i));
    }
    return hash;
  }

  /// The hash of the last three characters: five bits on for each, so that what came before falls
  /// out. Without bit 5 a letter is equal in both cases.
  private static int next(int hash, char c) {
    return ((hash << 5) ^ (((c >> 1) & 0x20) | (c & 0x1f))) & MASK;
  }

  /// All secrets, left to right, none overlapping: those that share characters are one.
  List<Match> find(String text) {
    var found = new ArrayList<Match>();
    scan(text, found::add);
    if (found.size() < 2) {
      return found;
    }
    found.sort(
        Comparator.comparingInt(Match::start)
            .thenComparing(Comparator.comparingInt(Match::end).reversed()));
    return apart(found);
  }

  private void scan(String text, Consumer<Match> found) {
    var passed = new Passed(rules);
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = next(hash, text.charAt(i));
      if ((filter[hash >> 6] & (1L << hash)) != 0 && i >= Shape.HEAD - 1) {
        look(text, i - Shape.HEAD + 1, entries[hash], passed, found);
      }
    }
  }

  private static void look(
      String text, int at, Entry[] here, Passed passed, Consumer<Match> found) {
    for (var entry : here) {
      var match = passed.covers(entry, at) ? null : entry.detector().at(text, at);
      if (match != null) {
        found.accept(match);
        passed.note(entry, match);
      }
    }
  }

  /// Where each rule has found what may be long: it is not tried again inside, or a text made of
  /// beginnings would cost the square of its length.
  private static final class Passed {

    private final int rules;
    private int @Nullable [] ends;

    Passed(int rules) {
      this.rules = rules;
    }

    boolean covers(Entry entry, int at) {
      return ends != null && at < ends[entry.number()];
    }

    void note(Entry entry, Match match) {
      if (entry.detector().isOpenEnded()) {
        ends = ends == null ? new int[rules] : ends;
        ends[entry.number()] = match.end();
      }
    }
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
