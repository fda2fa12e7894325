package mimo.sandbox;

import org.jspecify.annotations.Nullable;

/// What a guest does, in the order in which it does it.
public sealed interface GuestEvent {

  /// The guest asks for something and holds a promise for the answer.
  ///
  /// @param call the guest's number for it, from 1 without gaps; the answer goes to [Guest#settle]
  /// @param function what is asked for, for example `agent`
  /// @param arguments a JSON object
  /// @param path where in the program's structure: segments joined by `/`, empty at the top
  /// @param tags what the library keeps for this part of the program, as a JSON object
  record Called(
      int call, String function, String arguments, String path, String tags, Position position)
      implements GuestEvent {}

  /// The guest says something and expects no answer, for example a log line.
  record Noted(String function, String arguments, String path, String tags, Position position)
      implements GuestEvent {}

  /// Nothing in the guest can run until a call is settled.
  ///
  /// @param waiting where the script's body stands still; null before the body has reached an await
  record Idle(@Nullable Position waiting) implements GuestEvent {}

  /// The script's body returned; nothing else comes.
  ///
  /// @param value its result as JSON text
  record Finished(String value) implements GuestEvent {}

  /// The script's body threw; nothing else comes.
  record Failed(ScriptFault fault) implements GuestEvent {}

  /// A place in the script as its author wrote it.
  ///
  /// @param line counted from 1; 0 if unknown
  /// @param column counted from 1; 0 if unknown
  /// @param file the name of the imported file; empty for the script itself
  record Position(int line, int column, String file) {
    public Position(int line, int column) {
      this(line, column, "");
    }

    /// The same place, in this file.
    public Position in(String other) {
      return new Position(line, column, other);
    }
  }
}
