package mimo.sandbox.compile;

import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptFault;

/// Leaves the reading of a script at the first thing that is wrong with it. Never leaves this
/// package: the public methods answer with the fault as a value.
final class FaultFound extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ScriptFault fault;

  private FaultFound(ScriptFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  ScriptFault fault() {
    return fault;
  }

  static FaultFound at(Position where, String message) {
    return new FaultFound(fault(where, message));
  }

  static ScriptFault fault(Position where, String message) {
    return new ScriptFault(
        "script_invalid", "SyntaxError", message, where.line(), where.column(), "");
  }
}
