package mimo.sandbox.graal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.CompiledScript;
import mimo.sandbox.compile.ScriptCompiler;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Accepted;
import org.junit.jupiter.api.Test;

class StackTextTest {

  private static final String ENGINE =
      """
      TypeError: no
          at k.clean (wf-kernel-errors:3:4)
          at work (wf-script:2:3)
          at Array.map (native)
          at :=> (wf-script:3:1)
          at wf-script:3:2\
      """;

  private static GuestFiles files() {
    return new GuestFiles(List.of(script()));
  }

  private static CompiledScript script() {
    var source = new ScriptSource("s.js", "export const meta = {};\nwork();\nwork();");
    return new ScriptCompiler(1000).compile(source) instanceof Accepted(var script)
        ? script
        : throwing();
  }

  private static CompiledScript throwing() {
    throw new AssertionError("the script is refused");
  }

  @Test
  void keepsTheFramesOfTheScriptAlone() { // S13
    var text = new StackText(files(), 4096);

    assertEquals("    at work (s.js:2:3)\n    at s.js:3:1\n    at s.js:3:2", text.frames(ENGINE));
    assertEquals("TypeError: no\n" + text.frames(ENGINE), text.shown(ENGINE));
  }

  @Test
  void showsNoFrameWhileNoScriptRuns() { // S13
    var text = new StackText(GuestFiles.NONE, 4096);

    assertEquals("", text.frames(ENGINE));
    assertEquals("TypeError: no", text.shown(ENGINE));
  }

  @Test
  void aStackMayLackItsHeadOrItsFrames() {
    var text = new StackText(files(), 4096);

    assertEquals("\n    at s.js:2:1", text.shown("    at wf-script:2:1"));
    assertEquals("only words", text.shown("only words"));
  }

  @Test
  void headAndFramesEachTakeHalfOfTheLimit() { // S13
    var text = new StackText(files(), 100);
    var frames = "\n    at wf-script:2:1".repeat(20);

    var shown = text.shown("m".repeat(300) + frames);

    assertEquals("m".repeat(50) + "\n    at s.js:2:1".repeat(3), shown);
    assertTrue(shown.length() <= 100, shown);
  }

  @Test
  void cutsBetweenCharacters() {
    assertEquals("short", StackText.cut("short", 20));
    assertEquals("ten chars.", StackText.cut("ten chars.", 10));
    assertEquals("\u00e9\u00e9", StackText.cut("\u00e9\u00e9\u00e9", 5));
    assertEquals("", StackText.cut("\uD83D\uDE00", 3));
  }
}
