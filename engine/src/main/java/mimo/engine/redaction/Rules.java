package mimo.engine.redaction;

import java.util.ArrayList;
import java.util.List;
import mimo.engine.redaction.Detector.Match;

/// Which rules meet a text, by where it goes (D11, M11).
public enum Rules {

  /// For what a workflow reads again, such as step inputs and results: keys that announce
  /// themselves.
  PREFIX_ANCHORED {
    @Override
    Trigrams detectors() {
      return Known.DETECTORS;
    }
  },

  /// For what is kept as text, such as exports: also values that their names give away.
  ALL {
    @Override
    Trigrams detectors() {
      return Guessed.DETECTORS;
    }
  };

  /// Made at its first use: a start that stores nothing should not wait for it.
  private static final class Known {
    static final Trigrams DETECTORS = new Trigrams(KnownKeys.all());
  }

  private static final class Guessed {
    static final Trigrams DETECTORS = new Trigrams(all());

    private static List<Detector> all() {
      var all = new ArrayList<>(KnownKeys.all());
      all.addAll(NamedSecret.all());
      all.add(new UrlPassword());
      return all;
    }
  }

  abstract Trigrams detectors();

  /// All secrets of a text, left to right, none overlapping.
  List<Match> find(String text) {
    return detectors().find(text);
  }
}
