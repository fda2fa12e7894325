package mimo.agent.file;

/// What comes of taking hold of a file in order to change it.
public sealed interface Holding {

  /// It is held, and nobody else changes it until it is closed.
  record Held(HeldFile file) implements Holding {}

  /// It may not or cannot be changed.
  ///
  /// @param code the name of the error
  /// @param message what was found, without any path of this machine
  record Refused(String code, String message) implements Holding {}
}
