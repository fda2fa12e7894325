package mimo.agent.session;

/// What somebody asks for himself: not what is given along with it, and not what the program says
/// in his place, though both may stand in the same message (M4).
///
/// @param message in which it stands, counted from 0 over the whole conversation
/// @param text as it is stored
public record OwnWords(int message, String text) {

  /// The same, and then this: some providers take no two messages of the user in a row.
  OwnWords and(String more) {
    return new OwnWords(message, text + "\n\n" + more);
  }
}
