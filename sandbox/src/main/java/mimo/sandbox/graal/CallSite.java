package mimo.sandbox.graal;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.nodes.Node;
import mimo.sandbox.GuestEvent.Position;
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

  /// Where the program's innermost running frame stands; 0:0 if none of its frames runs.
  static Position running(GuestFiles files) {
    var found = Truffle.getRuntime().iterateFrames(frame -> in(files, frame.getCallNode()));
    return found == null ? UNKNOWN : found;
  }

  private static @Nullable Position in(GuestFiles files, @Nullable Node call) {
    var section = call == null ? null : call.getEncapsulatingSourceSection();
    return section == null
        ? null
        : files.written(
            section.getSource().getName(), section.getStartLine(), section.getStartColumn());
  }

  /// Where in the program an error was made; 0:0 for what is no error, or was made elsewhere.
  static Position origin(GuestFiles files, Value thrown) {
    if (!thrown.isException()) {
      return UNKNOWN;
    }
    try {
      throw thrown.throwException();
    } catch (PolyglotException e) {
      for (var frame : e.getPolyglotStackTrace()) {
        var section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
        var at =
            section == null
                ? null
                : files.written(
                    section.getSource().getName(),
                    section.getStartLine(),
                    section.getStartColumn());
        if (at != null) {
          return at;
        }
      }
      return UNKNOWN;
    }
  }
}
