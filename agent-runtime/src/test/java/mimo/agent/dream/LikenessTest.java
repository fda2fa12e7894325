package mimo.agent.dream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LikenessTest {

  /// Two texts, and whether the first is needless beside the second.
  private record Pair(String one, String other, boolean needless) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("Never push to main.", "never push to MAIN", true),
          new Pair(
              "The preview listens on port 8443",
              "The preview server listens on port 8443, always TLS? no: plain",
              false),
          new Pair(
              "The preview listens on port 8443.",
              "The preview server listens on port 8443.",
              true),
          new Pair(
              "The preview server listens on port 8443.",
              "The preview server listens on port 9443.",
              false),
          new Pair(
              "Run the slow tests before each release of the shop.",
              "Run the slow tests after each release of the shop.",
              false),
          new Pair(
              "Log requests of the shop in production.",
              "Never log requests of the shop in production.",
              false),
          new Pair("Use tabs.", "Use tabs in Makefiles of this project only.", false),
          new Pair("Deploys run with `make ship`.", "Deploys run with make ship", true),
          new Pair(
              "Copy releases from staging to production.",
              "Copy releases from production to staging.",
              false),
          new Pair(
              "The shop calls the bank, and the bank calls the till.",
              "The bank calls the shop, and the till calls the bank.",
              false),
          new Pair("甲依赖乙", "乙依赖甲", false),
          new Pair("价格以分为单位保存。", "价格以分为单位保存", true),
          new Pair("价格以分为单位保存", "价格不以分为单位保存", false),
          new Pair("Run src/build.sh first thing", "Run src/test.sh first thing", false),
          new Pair("", "", false));

  @Test
  void onlyWhatLosesNothingIsNeedlessM24() {
    for (var pair : PAIRS) {
      var one = Likeness.of(pair.one());
      var other = Likeness.of(pair.other());
      assertEquals(pair.needless(), one.isSame(other) || one.isPartOf(other), pair.toString());
    }
  }
}
