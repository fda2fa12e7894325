package mimo.agent.rebuild;

/// How one session's conversation goes on when it has become too long.
///
/// @param session its name in the memory; empty if it has none
public record OwnRebuilding(Rebuilding all, String session) {

  /// One that knows nothing but the conversation itself.
  public static OwnRebuilding plain() {
    return new OwnRebuilding(Rebuilding.plain(), "");
  }
}
