package mimo.engine.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class WordRemovalTest {

  private static WordRemoval removal(String word) {
    return new WordRemoval(Map.of(word, "[GONE]"));
  }

  @Test
  void onlyTheValuesOfStringsChangeInJsonD71() {
    var json = "{\"handshake\":\"the handshake\",\"n\":1.50,\"all\":[\"handshake\",true]}";

    assertEquals(
        "{\"handshake\":\"the [GONE]\",\"n\":1.50,\"all\":[\"[GONE]\",true]}",
        removal("handshake").cleanJson(json));
    assertEquals("{\"arguments\":1}", removal("arguments\":1").cleanJson("{\"arguments\":1}"));
  }

  @Test
  void whatAnEntryIsReadByStaysD71() {
    var json = "[{\"type\":\"tool_call\",\"text\":\"a tool_call\"},{\"type\":\"my tool_call\"}]";

    assertEquals(
        "[{\"type\":\"tool_call\",\"text\":\"a [GONE]\"},{\"type\":\"my [GONE]\"}]",
        removal("tool_call").cleanJson(json));
    assertEquals("tool_call", removal("tool_call").cleanName("tool_call"));
  }

  @Test
  void jsonWithinJsonStaysJsonToo() {
    var json = "{\"arguments\":\"{\\\"command\\\":\\\"say \\\\\\\"command\\\\\\\"\\\"}\"}";

    assertEquals(
        "{\"arguments\":\"{\\\"command\\\":\\\"say [GONE]\\\"}\"}",
        removal("\"command\"").cleanJson(json));
    assertEquals(
        "{\"text\":\"{ not \\\\n[GONE]\"}",
        removal("two\nlines").cleanJson("{\"text\":\"{ not \\\\ntwo\\\\nlines\"}"));
  }

  @Test
  void theLongestGoesFirst() {
    var removal = new WordRemoval(Map.of("handshake", "[A]", "handshake of the left", "[B]"));

    assertEquals("[B], [A]", removal.clean("handshake of the left, handshake"));
  }

  @Test
  void whatWasCutGoesTooD71() {
    var removal = removal("the left-handed handshake");

    assertEquals("> [GONE] …", removal.clean("> the left-handed ha …"));
    assertEquals(
        "{\"text\":\"[GONE] … (12 more characters)\"}",
        removal.cleanJson("{\"text\":\"the left-h … (12 more characters)\"}"));
    assertEquals("the le … and the …", removal.clean("the le … and the …"));
  }

  @Test
  void whatWasCutInItsMiddleLeavesNeitherHalfM21() {
    var removal = removal("the key of the third room lies under the left-handed handshake");

    for (var mark :
        new String[] {
          " …\n[…]\n", "\n[… 40 characters left out …]\n", "\n(… 40 characters …)\n", "…", " … "
        }) {
      assertEquals(
          "see: [GONE]" + mark + "[GONE]. So",
          removal.clean("see: the key of the th" + mark + "left-handed handshake. So"));
      assertEquals(
          "[GONE]" + mark + "[GONE] it",
          removal.clean("y of the third room lies" + mark + "he third room lies under it"));
    }
    assertEquals(
        "(9 characters before) … [GONE] … (9 more characters)",
        removal.clean("(9 characters before) … f the third room lies un … (9 more characters)"));
    assertEquals("the left …\n[…]\nhand of it", removal.clean("the left …\n[…]\nhand of it"));
  }

  @Test
  void aTitleThatEndsInTheMiddleSaysNothingOfItM21() {
    var removal = removal("the left-handed handshake");

    assertEquals(
        "{\"data\":\"{\\\"title\\\":\\\"Do [GONE]\\\"}\"}",
        removal.cleanJson("{\"data\":\"{\\\"title\\\":\\\"Do the left-h\\\"}\"}"));
    assertEquals("{\"title\":\"the lef\"}", removal.cleanJson("{\"title\":\"the lef\"}"));
    assertEquals("{\"text\":\"the left-h\"}", removal.cleanJson("{\"text\":\"the left-h\"}"));
  }

  @Test
  void whatIsBrokenIntoOtherLinesGoesTooM21() {
    var removal = removal("the left-handed handshake\nof the \"third\" room");

    assertEquals(
        "[GONE].", removal.clean("the left-handed\n  > handshake of the \"third\"\nroom."));
    assertEquals(
        "{\"text\":\"> [GONE]\"}",
        removal.cleanJson(
            "{\"text\":\"> the left-handed handshake of\\n> the \\\"third\\\"\\troom\"}"));
    assertEquals("a\n> b\\nc", removal.clean("a\n> b\\nc"));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> removal("x").cleanJson("{\"a\":"));
  }
}
