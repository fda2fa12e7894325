package mimo.engine.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Secrets do not survive, and nothing else changes (M10 to M13, S62 to S64). Every key here is
/// made up on the spot, so that no scanner takes this file for a leak.
final class SecretRedactorTest {

  private static final String KEY = "a1b2c3d4";

  private static SecretRedactor redactor(String... secrets) {
    return new SecretRedactor(new LiveValues(List.of(secrets)), KEY);
  }

  private static String letters(int count) {
    return "aB3dE5gH7jK9".repeat(count / 12 + 1).substring(0, count);
  }

  @Test
  void replacesALiveValueWhereverItStandsM11() {
    var clean = redactor("p@ss/word\"1").clean("a p@ss/word\"1 b p@ss/word\"1");

    var mark = clean.substring(2, clean.indexOf(" b"));
    assertTrue(mark.matches("\\[REDACTED:live-value:[0-9a-f]{4}]"), mark);
    assertEquals("a " + mark + " b " + mark, clean);
  }

  @Test
  void leavesNothingOfSecretsThatShareCharactersM11() {
    var redactor = redactor("alpha-bravo", "bravo-charlie", "lie-delta", "xyxyxyxy");

    for (var text :
        List.of(
            "alpha-bravo-charlie", "alpha-bravo-charlie-delta", "xyxyxyxyxyxy", "alpha-bravo")) {
      var clean = redactor.clean("<" + text + ">");
      assertTrue(clean.matches("<\\[REDACTED:live-value:[0-9a-f]{4}]>"), text + " became " + clean);
    }
  }

  @Test
  void givesASecretThatFollowsAnotherItsOwnMark() {
    var clean = redactor("alpha-bravo", "charlie-delta").clean("alpha-bravocharlie-delta");

    assertTrue(clean.matches("(\\[REDACTED:live-value:[0-9a-f]{4}]){2}"), clean);
  }

  @Test
  void leavesNothingOfKeysThatShareCharacters() {
    var clean = redactor().clean("<AIza" + letters(30) + "-npm_" + letters(36) + ">");

    assertTrue(clean.matches("<\\[REDACTED:google-api-key:[0-9a-f]{4}]>"), clean);
  }

  @Test
  void refusesATextThatIsNotOneJsonValue() {
    var redactor = redactor("alpha-bravo");

    for (var text : List.of("", " ", "{", "{} {}", "[1,]", "plain", "\"open", "01", "{\"a\" 1}")) {
      var refused =
          assertThrows(IllegalArgumentException.class, () -> redactor.cleanJson(text), text);
      assertEquals("a text of " + text.length() + " characters is not JSON", refused.getMessage());
    }
    for (var text : List.of("1", " null ", "\"a\"", "[]", "{\"a\":[{}]}")) {
      assertSame(text, redactor.cleanJson(text));
    }
  }

  @Test
  void findsALiveValueInEveryFormItMayTakeS64() {
    var secret = "p@ss/wörd \"one\"";
    var redactor = redactor(secret);
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    var forms =
        List.of(
            secret,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"),
            "p%40ss%2fw%c3%b6rd+%22one%22",
            "p@ss/wörd \\\"one\\\"",
            "p@ss\\/wörd \\\"one\\\"",
            "p@ss/wörd \\\\\\\"one\\\\\\\"");

    for (var form : forms) {
      var clean = redactor.clean("x=" + form + ";");
      assertTrue(clean.startsWith("x=[REDACTED:live-value:"), form + " became " + clean);
    }
  }

  @Test
  void findsALiveValueInsideALongerBase64Text() {
    var secret = "correct-horse-battery";
    var redactor = redactor(secret);
    for (var user : List.of("", "u", "us", "usr", "user:")) {
      var header =
          Base64.getEncoder()
              .encodeToString((user + secret + "!").getBytes(StandardCharsets.UTF_8));

      var clean = redactor.clean("Authorization: Basic " + header);

      assertTrue(clean.contains("[REDACTED:live-value:"), user);
      assertFalse(
          new String(Base64.getMimeDecoder().decode(header), StandardCharsets.UTF_8).isEmpty());
    }
  }

  @Test
  void marksTheSameSecretAlikeInEveryFormAndDifferentOnesApartM12() {
    var redactor = redactor("first-secret", "second-secret");
    var encoded =
        Base64.getEncoder().encodeToString("first-secret".getBytes(StandardCharsets.UTF_8));

    assertEquals(redactor.clean("first-secret"), redactor.clean(encoded));
    assertNotEquals(redactor.clean("first-secret"), redactor.clean("second-secret"));
    var other = new SecretRedactor(new LiveValues(List.of("first-secret")), "00");
    assertNotEquals(redactor.clean("first-secret"), other.clean("first-secret"));
  }

  @Test
  void prefersTheLongestOfOverlappingValues() {
    var redactor = redactor("abcdef", "abcdefghij");

    var clean = redactor.clean("abcdefghij");

    assertTrue(clean.matches("\\[REDACTED:live-value:[0-9a-f]{4}]"), clean);
  }

  @Test
  void leavesValuesTooShortToTellFromText() {
    assertEquals("the cat sat", redactor("cat", "").clean("the cat sat"));
  }

  @Test
  void findsKeysThatAnnounceThemselvesM11() {
    var keys = new ArrayList<List<String>>();
    keys.add(List.of("aws-access-key", "AKIA" + "ABCDEFGH234567AB"));
    for (var kind : List.of("p", "o", "u", "s", "r")) {
      keys.add(List.of("github-token", "gh" + kind + "_" + letters(36)));
    }
    keys.add(List.of("github-pat", "github_pat_" + letters(22) + "_" + letters(59)));
    keys.add(List.of("anthropic-key", "sk-ant-" + "api03-" + letters(80)));
    keys.add(List.of("openai-key", "sk-" + "proj-" + letters(60)));
    keys.add(List.of("openai-key", "sk-" + letters(48)));
    keys.add(List.of("slack-token", "xox" + "b-" + "123456789012-" + letters(24)));
    keys.add(List.of("google-api-key", "AIza" + letters(35)));
    keys.add(List.of("stripe-key", "sk_" + "live_" + letters(24)));
    keys.add(List.of("stripe-key", "rk_" + "live_" + letters(24)));
    keys.add(List.of("npm-token", "npm_" + letters(36)));
    keys.add(List.of("gitlab-token", "glpat-" + letters(20)));
    keys.add(List.of("jwt", "eyJ" + letters(20) + ".eyJ" + letters(40) + "." + letters(43)));

    for (var key : keys) {
      for (var before : List.of("", "key=", "\"", "Bearer ", "\\n", "/")) {
        var clean = redactor().clean(before + key.getLast() + " end");
        assertTrue(
            clean.matches(
                java.util.regex.Pattern.quote(before)
                    + "\\[REDACTED:"
                    + key.getFirst()
                    + ":[0-9a-f]{4}] end"),
            key + " became " + clean);
      }
    }
  }

  @Test
  void removesAPrivateKeyAndKeepsItsLines() {
    var body = (letters(64) + "\n").repeat(20) + letters(10) + "==\n";
    var pem =
        "-----BEGIN RSA PRIVATE " + "KEY-----\n" + body + "-----END RSA PRIVATE " + "KEY-----";

    var clean = redactor().clean("before\n" + pem + "\nafter");

    assertEquals(("before\n" + pem + "\nafter").lines().count(), clean.lines().count(), clean);
    assertTrue(clean.matches("before\n\\[REDACTED:private-key:[0-9a-f]{4}]\n{22}\nafter"), clean);
    var cut = "before\n" + pem.substring(0, 200);
    assertFalse(redactor().clean(cut).contains(letters(64)), "a key cut short survives");
    var quoted = redactor().clean(pem.replace("\n", "\\n"));
    assertTrue(quoted.matches("\\[REDACTED:private-key:[0-9a-f]{4}]"), quoted);
  }

  @Test
  void takesNoKeyThatIsThePartOfAWord() {
    var jwt = "eyJ" + letters(20) + ".eyJ" + letters(40) + "." + letters(43);
    for (var text :
        List.of(
            "xghp_" + letters(36),
            "1AKIA" + "ABCDEFGH234567AB",
            "-" + jwt,
            "nghp_" + letters(36),
            "\\xghp_" + letters(36))) {
      assertSame(text, redactor().clean(text));
    }
  }

  @Test
  void leavesOrdinaryTextAlone() {
    var redactor = redactor("hunter2-hunter2");
    for (var text :
        List.of(
            "",
            "The task-list is risk-free; sk-learn is fine.",
            "sk-some-long-class-name-in-kebab-case-that-goes-on-and-on",
            "const AKIAS = makeAKIA();",
            "docs say keys begin with ghp_ or AIza and then some",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            "-----BEGIN PRIVATE KEY----- is the first line of such a file, as everybody knows",
            "eyJ is how JSON begins in base64",
            "0123456789abcdef0123456789abcdef0123456789abcdef")) {
      assertSame(text, redactor.clean(text));
    }
  }

  @Test
  void cleansJsonValuesAndNamesAndStaysJson() {
    var redactor = redactor("hunter2\"x", "12345678");
    var mark = redactor.clean("hunter2\"x");
    var number = redactor.clean("12345678");

    var clean =
        redactor.cleanJson(
            "{\"hunter2\\\"x\": [\"a hunter2\\\"x\", 12345678, 123456789, true, null, 1.50]}");

    assertEquals(
        "{\"" + mark + "\":[\"a " + mark + "\",\"" + number + "\",123456789,true,null,1.50]}",
        clean);
  }

  @Test
  void findsAJsonValueSpelledWithEscapes() {
    var clean = redactor("hunter2-hunter2").cleanJson("[\"\\u0068unter2-hunter2\"]");

    assertTrue(clean.matches("\\[\"\\[REDACTED:live-value:[0-9a-f]{4}]\"]"), clean);
  }

  @Test
  void givesBackTheSameJsonTextIfNothingWasFound() {
    var json = "{ \"b\" : \"line\\nbreak\",  \"a\": 1.0 }";

    assertSame(json, redactor("hunter2-hunter2").cleanJson(json));
  }

  @Test
  void refusesWhatItCannotRead() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> redactor("secret-1").cleanJson("{\"a\": \"\\n"));

    assertEquals("a text of 9 characters is not JSON", refused.getMessage());
  }

  @Test
  void changesNothingTheSecondTime() {
    var redactor = redactor("hunter2-hunter2");
    var once = redactor.clean("hunter2-hunter2 ghp_" + letters(36));

    assertEquals(once, redactor.clean(once));
  }

  @Test
  void findsAThousandPlantedValuesInRandomText() {
    var seed = 20_260_301L;
    var random = new Random(seed);
    var secrets = new ArrayList<String>();
    for (var i = 0; i < 1_000; i++) {
      secrets.add(Long.toString(random.nextLong(1L << 60, 1L << 62), 36));
    }
    var text = new StringBuilder();
    for (var secret : secrets) {
      text.append(letters(random.nextInt(40))).append(' ').append(secret).append('\n');
    }

    var clean = new SecretRedactor(new LiveValues(secrets), KEY).clean(text.toString());

    for (var secret : secrets) {
      assertFalse(clean.contains(secret), "seed " + seed + ": " + secret + " survives");
    }
    assertEquals(text.toString().lines().count(), clean.lines().count());
  }

  @Test
  void tellsWhatMayHaveBeenOneTextD70() {
    var mark = "[REDACTED:live-value:00ff]";

    assertTrue(Placeholders.mayBeEqual("same", "same"));
    assertTrue(Placeholders.mayBeEqual("use " + mark + " now", "use my secret now"));
    assertTrue(Placeholders.mayBeEqual("use my secret now", "use " + mark + " now"));
    assertTrue(Placeholders.mayBeEqual(mark + " and " + mark, "a and b"));
    assertFalse(Placeholders.mayBeEqual("use " + mark + " now", "use my secret later"));
    assertFalse(Placeholders.mayBeEqual(mark + " and " + mark, "a or b"));
    assertFalse(Placeholders.mayBeEqual("aa" + mark + "aa", "aaa"));
    assertFalse(Placeholders.mayBeEqual("one", "other"));
  }
}
