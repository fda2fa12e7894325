package mimo.engine.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What the bolder rules find in text that is kept, such as an export, and what they leave (D11,
/// S64). The secrets are made up.
final class KeptTextTest {

  private static final String SECRET = "q7Rt2xLm9Zw4";
  private static final String BASE64 =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us";

  private static SecretRedactor redactor(String... secrets) {
    return new SecretRedactor(new LiveValues(List.of(secrets)), "a1b2c3d4", Rules.ALL);
  }

  private static void assertCleaned(String before, String rule, String after, String text) {
    var clean = redactor().clean(text);

    assertTrue(
        clean.startsWith(before + "[REDACTED:" + rule + ":") && clean.endsWith("]" + after), clean);
    assertFalse(clean.contains(SECRET), clean);
  }

  @Test
  void removesThePasswordOfAnAddressAndNothingElseOfItS64() {
    assertCleaned(
        "db: postgres://app:",
        "url-password",
        "@db.internal:5432/app",
        "db: postgres://app:" + SECRET + "@db.internal:5432/app");
    assertCleaned("redis://:", "url-password", "@cache", "redis://:" + SECRET + "@cache");
  }

  @Test
  void leavesAddressesWithoutAPasswordAlone() {
    for (var text :
        List.of(
            "://",
            "http://localhost:8080/path@2",
            "http://localhost:8080",
            "https://example.test/a:b@c",
            "see http://host: " + SECRET + "@home",
            "x://" + "u".repeat(300) + ":" + SECRET + "@host")) {
      assertSame(text, redactor().clean(text));
    }
  }

  @Test
  void leavesPasswordsOfAddressesThatAreExamplesS64() {
    for (var password :
        List.of("a1b2", "postgres", "111111111", "changeme-1", "$DB_PASSWORD1", "a1a1a1a1a1")) {
      var text = "postgres://app:" + password + "@localhost/app";

      assertSame(text, redactor().clean(text));
    }
  }

  @Test
  void leavesNamedValuesThatAreNoSecretsAloneS64() {
    for (var value :
        List.of(
            "0x1a2b3c4d5e6f7a8b",
            "sha256-a1b2c3d4e5f6",
            "A1_B2_C3_D4_E5_F6",
            "73918264507",
            "correcthorse",
            "a".repeat(40) + "1")) {
      var text = "password: " + value;

      assertSame(text, redactor().clean(text));
    }
  }

  @Test
  void findsANamedSecretWhereverItsNameBeginsAndHoweverLongItIs() {
    assertCleaned("--password ", "named-secret", "", "--password " + SECRET);
    var longName = "x".repeat(100) + "apikey";
    assertCleaned(longName + "=", "named-secret", "", longName + "=" + SECRET);
    var said = "password " + SECRET + " is what it was";
    assertSame(said, redactor().clean(said), "a space makes no assignment");
  }

  @Test
  void removesAKeyOfPgpWithItsChecksumM11() {
    var begin = "-----BEGIN PGP PRIVATE " + "KEY BLOCK-----\n";
    var end = "\n-----END PGP PRIVATE " + "KEY BLOCK-----";
    var lines = BASE64 + "\n" + BASE64 + "\n" + BASE64.substring(0, 12);

    for (var headers : List.of("\n", "Version: GnuPG v2\n\n")) {
      var clean = redactor().clean("a\n" + begin + headers + lines + "\n=aB3d" + end + "\nb");

      assertTrue(clean.matches("a\n\\[REDACTED:private-key:[0-9a-f]{4}]\n+b"), clean);
    }
    var cut = redactor().clean(begin + "\n" + lines);
    assertTrue(cut.matches("\\[REDACTED:private-key:[0-9a-f]{4}]\n+"), cut);
  }

  @Test
  void removesAPrivateKeyThatIsQuotedWithTheLineBreaksOfWindowsM11() {
    var pem =
        "-----BEGIN PRIVATE " + "KEY-----\\r\\n" + BASE64 + "\\r\\n-----END PRIVATE " + "KEY-----";

    var clean = redactor().clean("\"" + pem + "\"");

    assertTrue(clean.matches("\"\\[REDACTED:private-key:[0-9a-f]{4}]\""), clean);
  }

  @Test
  void leavesAHeadingThatIsNoPrivateKeysAlone() {
    for (var title : List.of("PRIVATE " + "KEY ", "PUBLIC KEY-----", "PRIVATE " + "KEY--\n")) {
      var text = "-----BEGIN " + title + "\n" + BASE64;

      assertSame(text, redactor().clean(text));
    }
  }

  @Test
  void replacesASecretInsideAnotherByOneMarkM11() {
    var clean = redactor("alpha-bravo-charlie", "bravo-").clean("<alpha-bravo-charlie>");

    assertTrue(clean.matches("<\\[REDACTED:live-value:[0-9a-f]{4}]>"), clean);
  }

  @Test
  void cleansAMemberByItsNameOrByItsValueAndNotByANameThatIsASecretItself() {
    var token = "ghp_" + "aB3dE5gH7jK9".repeat(3);

    var byName = redactor().cleanJson("{\"password\":\"" + SECRET + "\"}");
    var byValue = redactor().cleanJson("{\"password\":\"" + token + "\"}");
    var secretName = redactor().cleanJson("{\"" + token + "\":\"plain words\"}");

    assertTrue(byName.matches("\\{\"password\":\"\\[REDACTED:named-secret:....]\"}"), byName);
    assertTrue(byValue.matches("\\{\"password\":\"\\[REDACTED:github-token:....]\"}"), byValue);
    assertTrue(
        secretName.matches("\\{\"\\[REDACTED:github-token:....]\":\"plain words\"}"), secretName);
  }

  @Test
  void tellsTextsApartThatNoSecretMakesDifferentD70() {
    var mark = "[REDACTED:live-value:00ff]";

    assertFalse(Placeholders.mayBeEqual("use my secret later", "use " + mark + " now"));
    assertEquals(mark, redactor().clean(mark), "a mark is no secret");
  }
}
