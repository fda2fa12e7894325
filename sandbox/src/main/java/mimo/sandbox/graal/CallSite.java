package mimo.sandbox.graal;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.nodes.Node;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.compile.CompiledScript;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/// Finds places in the script by the engine's own frames.
///
/// The text of a stack would not do: it holds names and messages the script chooses, and a line
/// break in one of them makes a frame that never was. It also costs several times as much.
final class CallSite {

  private static final Position UNKNOWN = new Position(0, 0);

  private CallSite() {}

  /// Where the script's innermost running frame stands; 0:0 if none of its frames runs.
  static Position running(@Nullable CompiledScript script) {
    if (script == null) {
      return UNKNOWN;
    }
    var found = Truffle.getRuntime().iterateFrames(frame -> inScript(script, frame.getCallNode()));
    return found == null ? UNKNOWN : found;
  }

  private static @Nullable Position inScript(CompiledScript script, @Nullable Node call) {
    var section = call == null ? null : call.getEncapsulatingSourceSection();
    return section == null || !section.getSource().getName().equals(StackText.SCRIPT)
        ? null
        : script.written(section.getStartLine(), section.getStartColumn());
  }

  /// Where in the script an error was made; 0:0 for what is no error, or was made elsewhere.
  static Position origin(@Nullable CompiledScript script, Value thrown) {
    if (script == null || !thrown.isException()) {
      return UNKNOWN;
    }
    try {
      throw thrown.throwException();
    } catch (PolyglotException e) {
      for (var frame : e.getPolyglotStackTrace()) {
        var section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
        if (section != null && section.getSource().getName().equals(StackText.SCRIPT)) {
          return script.written(section.getStartLine(), section.getStartColumn());
        }
      }
      return UNKNOWN;
    }
  }
}
