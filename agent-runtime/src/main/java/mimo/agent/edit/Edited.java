package mimo.agent.edit;

/// What comes of an edit.
public sealed interface Edited {

  /// It is made.
  ///
  /// @param bytes of the file from now on
  /// @param places how many were replaced
  /// @param match how the old text was found
  record Done(byte[] bytes, int places, Match match) implements Edited {}

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
