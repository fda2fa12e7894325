package mimo.agent.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.agent.AgentLimits;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

  @Test
  void showsAChangeWithThreeLinesAround() {
    assertEquals(
        "@@ -3,7 +3,8 @@\n 3\n 4\n 5\n-6\n+six\n+6.5\n 7\n 8\n 9\n",
        diff(lines(1, 20), lines(1, 5) + "six\n6.5\n" + lines(7, 20)));
  }

  @Test
  void showsChangesFarApartAsHunksOfTheirOwn() {
    assertEquals(
        "@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+twenty\n",
        diff(lines(1, 20), "one\n" + lines(2, 19) + "twenty\n"));
    assertEquals(
        "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -18,3 +17,4 @@\n 18\n 19\n 20\n+21\n",
        diff(lines(1, 20), lines(2, 20) + "21\n"));
  }

  @Test
  void showsFilesThatComeAndGo() {
    assertEquals("@@ -0,0 +1,2 @@\n+a\n+b\n", diff("", "a\nb"));
    assertEquals("@@ -1,1 +0,0 @@\n-a\n", diff("a\n", ""));
    assertEquals("", diff("a\r\nb", "a\nb\n"));
  }

  @Test
  void isBoundedHoweverLargeTheChangeIs() {
    var shown = diff(lines(1, 5_000), lines(5_001, 12_000) + "x".repeat(1_000_000));

    assertEquals(AgentLimits.DIFF_LINES + 2, shown.lines().count());
    assertTrue(shown.endsWith("(the change goes on)\n"));
    assertTrue(diff("", "x".repeat(1_000_000)).length() < AgentLimits.DIFF_LINE_CHARS + 40);
  }

  @Test
  void isWholeForWhoHasToAgreeToItM24() {
    var whole = UnifiedDiff.whole(new byte[0], (lines(1, 200) + "x".repeat(900)).getBytes(UTF_8));

    assertEquals(202, whole.lines().count());
    assertTrue(whole.endsWith("\n+" + "x".repeat(900) + "\n"), whole);
  }

  private static String diff(String before, String after) {
    return UnifiedDiff.of(before.getBytes(UTF_8), after.getBytes(UTF_8));
  }

  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }
}
