package mimo.agent.edit;

/// What comes of an edit.
public sealed interface Edited {

  /// It is made.
  final class Done implements Edited {

    private final byte[] bytes;
    private final int places;
    private final Match match;

    Done(byte[] bytes, int places, Match match) {
      this.bytes = bytes;
      this.places = places;
      this.match = match;
    }

    /// All of the file from now on; nobody may change it.
    public byte[] bytes() {
      return bytes;
    }

    /// How many places were replaced.
    public int places() {
      return places;
    }

    /// How the old text was found.
    public Match match() {
      return match;
    }
  }

  /// Nothing is changed.
  ///
  /// @param reason for the model, with what to do
  record Unchanged(String reason) implements Edited {}

  /// How the old text was found.
  enum Match {
    /// Byte for byte, but for line ends.
    EXACT,
    /// But for the looks of quotes, dashes and spaces, blanks at the ends of lines and the form of
    /// characters (A46).
    LENIENT
  }
}
