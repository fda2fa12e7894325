package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"RunManager", "JsonUtil", "SQLUtils", "HelperFrames", "AgentImpl", "Base"})
  void refusesATypeThatIsNamedAfterNothing(String name) {
    assertEquals(true, Words.inTypeName(name).isPresent(), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Information", "Database", "Baseline", "Implication", "Commonmark"})
  void sparesAWordThatOnlyBeginsLikeABannedOne(String name) {
    assertEquals(Optional.empty(), Words.inTypeName(name));
  }

  @Test
  void namesLineWordAndAnswer() {
    var text = "fine\n// TO" + "DO: later\n";

    assertEquals(
        List.of("2: 'TO" + "DO' is banned: finish it, or leave it out"), Words.inText(text));
  }

  @Test
  void refusesPathsOfOneMachineAndSparesOrdinaryOnes() {
    assertEquals(1, Words.inText("see /Us" + "ers/ann/x").size());
    assertEquals(List.of(), Words.inText("a/root/b ${home}/root/ ~/root/x uproot/"));
  }

  @Test
  void refusesARegistryHostAndSparesTheSchemaOfAPom() {
    assertEquals(1, Words.inText("https://repo1." + "maven" + ".org/x").size());
    assertEquals(List.of(), Words.inText("http://maven.apache.org/xsd/maven-4.0.0.xsd"));
  }
}
