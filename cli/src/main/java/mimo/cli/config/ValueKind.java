package mimo.cli.config;

import java.util.List;

/// What a key of the configuration takes.
public sealed interface ValueKind {

  /// A string.
  record Text() implements ValueKind {}

  /// A string nobody is shown.
  record Secret() implements ValueKind {}

  /// One of these words.
  record Choice(List<String> words) implements ValueKind {
    public Choice {
      words = List.copyOf(words);
    }
  }

  /// A string of this shape, a regular expression; `wanted` says it to people.
  record Shaped(String shape, String wanted) implements ValueKind {}

  /// A length of time, as [Span] reads it.
  record Time() implements ValueKind {}

  /// A whole number from `least` to `most`.
  record Whole(int least, int most) implements ValueKind {

    /// From 1.
    Whole(int most) {
      this(1, most);
    }
  }

  /// A number that is not negative: US dollars per million tokens.
  record Dollars() implements ValueKind {}

  /// A list of the hooks of one event.
  record Hooks(String event) implements ValueKind {}

  /// A list of strings, not empty.
  record Words() implements ValueKind {

    /// Between the words of a value, where no word holds it.
    static final String BETWEEN = "\0";
  }

  /// `true` or `false`.
  record Flag() implements ValueKind {}

  /// An object without members, which says that a name is known.
  record Empty() implements ValueKind {}
}
