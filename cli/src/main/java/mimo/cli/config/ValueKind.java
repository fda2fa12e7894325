package mimo.cli.config;

/// What a key of the configuration takes.
public sealed interface ValueKind {

  /// A string.
  record Text() implements ValueKind {}

  /// A string nobody is shown.
  record Secret() implements ValueKind {}

  /// A whole number from 1 to `most`.
  record Whole(int most) implements ValueKind {}

  /// A number that is not negative: US dollars per million tokens.
  record Dollars() implements ValueKind {}

  /// An object without members, which says that a name is known.
  record Empty() implements ValueKind {}
}
