package mimo.sandbox.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EraserTextTest {

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] part(String name) throws Exception {
    try (var stream = EraserText.class.getResourceAsStream("eraser/" + name)) {
      return stream.readAllBytes();
    }
  }

  @Test
  void theEraserIsTheOneItsDigestNames() throws Exception { // L122
    var whole = EraserText.parser() + EraserText.eraser();

    assertEquals(EraserText.DIGEST, sha256(whole.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatOthersWroteIsAsTheyWroteIt() throws Exception { // L122
    var readme = new String(part("README.md"), StandardCharsets.UTF_8);

    for (var name : new String[] {"typescript-parser.js", "ts-blank-space.js", "blank-string.js"}) {
      var row = "| `" + name + "` | `" + sha256(part(name)) + "` |";
      assertTrue(readme.contains(row), "the README lacks: " + row);
    }
  }
}
