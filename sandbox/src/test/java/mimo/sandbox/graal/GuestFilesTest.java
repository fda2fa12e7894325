package mimo.sandbox.graal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.CompiledScript;
import mimo.sandbox.compile.ScriptCompiler;
import mimo.sandbox.compile.ScriptCompiler.Outcome.Accepted;
import org.junit.jupiter.api.Test;

class GuestFilesTest {

  private static final ScriptCompiler COMPILER = new ScriptCompiler(1000);
  private static final CompiledScript SCRIPT =
      accepted(COMPILER.compile(new ScriptSource("main.js", "export const meta = {};\nwork();")));
  private static final CompiledScript LIBRARY =
      accepted(COMPILER.compileModule(new ScriptSource("lib/a.js", "export const a = 1;")));

  private final GuestFiles files = new GuestFiles(List.of(SCRIPT, LIBRARY));

  private static CompiledScript accepted(ScriptCompiler.Outcome outcome) {
    return assertInstanceOf(Accepted.class, outcome).script();
  }

  @Test
  void eachFileIsFoundByTheNameItHasInTheEngine() { // L112
    assertSame(SCRIPT, files.file("wf-script"));
    assertSame(LIBRARY, files.file(GuestFiles.engineName(1)));
    assertEquals(new Position(2, 1), files.written("wf-script", 2, 1));
  }

  @Test
  void noOtherNameIsAFileOfTheProgram() { // S13
    for (var name :
        Arrays.asList(
            null,
            "",
            "main.js",
            "lib/a.js",
            "wf-kernel-guest",
            "wf-library-0",
            "wf-scripts",
            "wf-script-",
            "wf-script-x",
            "wf-script-2",
            "wf-script-9999999999")) {
      assertNull(files.file(name), name);
      assertNull(files.written(name, 1, 1), name);
    }
    assertNull(GuestFiles.NONE.file("wf-script"));
  }

  @Test
  void aPlaceIsANumberToTheKernelAndThenAPlaceAgain() { // L112
    int most = (1 << 20) - 1;
    for (var place :
        List.of(
            new Position(1, 1),
            new Position(most, most),
            new Position(1, 0, "lib/a.js"),
            new Position(most, most, "lib/a.js"))) {
      assertEquals(place, files.unpacked(files.packed(place)));
    }
  }

  @Test
  void aPlaceThatNoNumberHoldsIsUnknown() {
    var unknown = new Position(0, 0);
    for (var place :
        List.of(
            unknown,
            new Position(0, 7),
            new Position(1 << 20, 1),
            new Position(1, 1 << 20),
            new Position(1, 1, "elsewhere.js"))) {
      assertEquals(unknown, files.unpacked(files.packed(place)), place.toString());
    }
    assertEquals(unknown, files.unpacked(0));
  }

  @Test
  void aNumberOfAFileThatIsNotThereNamesNone() {
    double inTheSecondFile = files.packed(new Position(3, 4, "lib/a.js"));

    var at = new GuestFiles(List.of(SCRIPT)).unpacked(inTheSecondFile);

    assertEquals(new Position(3, 4), at);
  }
}
