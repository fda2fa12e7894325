package mimo.sandbox;

import java.util.List;

/// What came of compiling a script. Nothing of the script has run.
public sealed interface Compilation {

  /// The script is a legal program.
  ///
  /// @param meta the literal of `export const meta` as JSON text
  record Compiled(String meta) implements Compilation {}

  /// The script is refused. There is at least one fault, each with a position where one is known.
  record Rejected(List<ScriptFault> faults) implements Compilation {
    public Rejected {
      faults = List.copyOf(faults);
    }
  }
}
