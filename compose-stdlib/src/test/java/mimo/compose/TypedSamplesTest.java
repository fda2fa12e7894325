package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mimo.sandbox.Compilation;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts that [TypeDeclarationsTest] shows the TypeScript compiler, before mimo itself (L3).
class TypedSamplesTest {

  private static final ImportedFiles SHAPE =
      (importer, specifier) -> new ImportedFiles.Found.File(sample("right/shape.ts"));

  private static ScriptSource sample(String name) {
    try (InputStream stream = TypedSamplesTest.class.getResourceAsStream("types/" + name)) {
      return new ScriptSource(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Compilation compile(String name) throws InterruptedException {
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      return sandbox.compile(sample(name), SHAPE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"right/review.ts", "right/helpers.ts", "right/stages.ts"})
  void whatIsRightUsesOnlyNamesThatAreThere(String name) throws Exception {
    var compiled = assertInstanceOf(Compilation.Compiled.class, compile(name));

    var free =
        compiled.free().stream()
            .map(Compilation.Reference::name)
            .collect(Collectors.toCollection(TreeSet::new));
    free.removeAll(ComposeLibrary.FUNCTIONS);
    free.removeAll(ComposeLibrary.ODW_FUNCTIONS);
    free.removeAll(Set.of("undefined", "Uint8Array"));
    assertEquals(Set.of(), free);
  }

  @Test
  void whatIsMoreThanTypesIsRefusedHereToo() throws Exception {
    var rejected =
        assertInstanceOf(Compilation.Rejected.class, compile("wrong/more-than-types.ts"));

    var places = rejected.faults().stream().map(fault -> fault.line()).toList();
    assertEquals(List.of(4, 5, 6, 7), places);
    assertTrue(
        rejected.faults().stream().allMatch(fault -> fault.code().equals("type_not_erasable")));
  }
}
