package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mimo.compose.ComposeLibrary;
import org.junit.jupiter.api.Test;

/// Holds the page about scripts, the declarations for editors and the library to each other.
final class ScriptDocsTest {

  private static final Page PAGE = Page.read(Repository.here().file("docs/reference/compose.md"));
  private static final Page AGENT =
      Page.read(Repository.here().file("docs/reference/compose/agent.md"));

  private static final Pattern META_KEY = Pattern.compile("\\bmeta(?:, |\\.get\\()\"(\\w+)\"");
  private static final Pattern DECLARED = Pattern.compile("(?m)^declare (?:function|const) (\\w+)");
  private static final Pattern AGENT_OPTIONS =
      Pattern.compile("interface AgentOptions \\{(.*?)\n\\}", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("(?m)^  (\\w+)\\?:");

  @Test
  void pageDeclarationsAndLibraryNameTheSameFunctions() {
    var functions = new TreeSet<>(ComposeLibrary.FUNCTIONS);

    assertTrue(functions.size() >= 10, "saw only " + functions);
    assertEquals(functions, new TreeSet<>(PAGE.namesIn("Functions")));
    functions.addAll(ComposeLibrary.ODW_FUNCTIONS);
    assertEquals(functions, all(DECLARED, ComposeLibrary.declarations()));
  }

  @Test
  void pageAndDeclarationsNameTheSameAgentOptions() {
    var declared = AGENT_OPTIONS.matcher(ComposeLibrary.declarations());
    assertTrue(declared.find(), "compose.d.ts has no AgentOptions");

    assertEquals(all(OPTION, declared.group(1)), new TreeSet<>(AGENT.namesIn("agent")));
  }

  @Test
  void thePageNamesTheKeysOfMeta() {
    var source = "compose-stdlib/src/main/java/mimo/compose/ScriptMeta.java";
    var keys = all(META_KEY, Repository.read(Repository.here().file(source)));

    assertTrue(keys.size() >= 6, "saw only " + keys);
    assertEquals(keys, new TreeSet<>(PAGE.namesIn("The file")));
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
