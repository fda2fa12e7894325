package mimo.agent.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import mimo.agent.AgentLimits;
import mimo.agent.edit.Replacement.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A46, S75.
class TextEditTest {

  /// `␍` and `␊` are CR and LF, `◊` the BOM.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a word                    | one two␊          | two       | 2          | one 2␊
          at the very start         | one␊              | one       | 1          | 1␊
          without a final line end  | a␊b               | b         | c          | a␊c
          taking away a line        | a␊b␊c␊            | b␊        | ∅          | a␊c␊
          the BOM stays             | ◊one␊             | one       | 1          | ◊1␊
          CRLF stays                | a␍␊b␍␊            | a␊b       | A␊B        | A␍␊B␍␊
          CRLF asked for with CRLF  | a␍␊b␍␊            | a␍␊b      | A␍␊B       | A␍␊B␍␊
          new lines get CRLF        | a␍␊b␍␊            | b         | b␊c        | a␍␊b␍␊c␍␊
          new lines get LF          | a␊b␊              | a         | a␊x        | a␊x␊b␊
          a mix stays a mix         | a␍␊b␊c␍␊d         | a␊b␊c     | A␊B␊C      | A␍␊B␊C␍␊d
          a last line gets CRLF     | a␍␊b              | b         | b␊c        | a␍␊b␍␊c
          a CR alone is no line end | a␍b␊              | a␍b       | c          | c␊
          two CRs before LF         | a␍␍␊b␊            | b         | c          | a␍␍␊c␊
          characters of two bytes   | é = ü␊            | ü         | ö          | é = ö␊
          curly quotes              | say “hi” now␊     | "hi"      | "ho"       | say "ho" now␊
          long dashes               | a — b␊            | a - b     | a + b      | a + b␊
          a no-break space          | a\u00a0b␊         | a b       | c          | c␊
          full width                | ＡＢＣ␊             | ABC       | x          | x␊
          composed and not          | cafe\u0301 au␊    | caf\u00e9 | tea        | tea au␊
          trailing blanks           | a  ␊b\t␊c␊        | a␊b␊c     | x          | x␊
          trailing blanks stay      | a  ␊b  ␊          | ‘         | ‘          | -
          blanks the file has not   | a␊b␊              | a  ␊b     | x          | x␊
          the rest of the line      | “a” b  ␊c␊        | "a" b     | x          | x  ␊c␊
          """)
  void changesWhatWasMeantAndNothingElse(
      String name, String file, String old, String fresh, String after) {
    var edited = TextEdit.apply(bytes(file), new Replacement(text(old), text(fresh), Scope.ONE));

    if (after.equals("-")) {
      assertInstanceOf(Edited.Unchanged.class, edited);
      return;
    }
    assertEquals(text(after), new String(done(edited).bytes(), UTF_8));
  }

  @Test
  void saysHowTheTextWasFound() {
    assertEquals(Edited.Match.EXACT, done(edit("a - b", "a - b", "c")).match());
    assertEquals(Edited.Match.LENIENT, done(edit("a – b", "a - b", "c")).match());
  }

  @Test
  void changesNothingIfThereAreSeveralPlaces() {
    assertEquals(
        new Edited.Unchanged(
            "old_string is there 3 times (at lines 1, 3, 3); add lines around it until it is "
                + "unique, or set replace_all"),
        edit("x\n\nx x\n", "x", "y"));
    assertEquals(
        new Edited.Unchanged(
            "old_string is there 2 times (at lines 1, 1); add lines around it until it is unique, "
                + "or set replace_all"),
        edit("aaa", "aa", "b"));
    assertEquals(
        new Edited.Unchanged(
            "old_string itself is nowhere; text that looks like it is there 2 times (at lines 1, "
                + "2)"),
        edit("“x”\n„x‟\n", "\"x\"", "y"));
  }

  @Test
  void namesAtMostTwentyLines() {
    var reason = ((Edited.Unchanged) edit("x\n".repeat(50), "x", "y")).reason();

    assertTrue(reason.contains("there 50 times (at lines 1, 2, "), reason);
    assertTrue(reason.contains(", 20, …)"), reason);
  }

  @Test
  void replacesEachPlaceFromTheFirstOn() {
    assertEquals("bba", all("aaaaa", "aa", "b"));
    assertEquals("1\r\n1\n1", all("one\r\none\none", "one", "1"));
    assertEquals("a\r\n\r\nb\n\nc", all("a\r\nb\nc", "\n", "\n\n"));
    assertInstanceOf(
        Edited.Unchanged.class,
        TextEdit.apply("‘x’ ‘x’".getBytes(UTF_8), new Replacement("'x'", "y", Scope.EACH)));
  }

  @Test
  void showsTheClosestTextIfThereIsNone() {
    var file = "class A {\n  int total(int first) {\n    return first + 1;\n  }\n}\n";

    var reason =
        ((Edited.Unchanged) edit(file, "  int total(int begin) {\n    return begin + 1;\n", "x"))
            .reason();

    assertEquals(
        "old_string is there 0 times. The closest text begins at line 2:\n"
            + "  int total(int first) {\n    return first + 1;",
        reason);
    assertEquals(
        new Edited.Unchanged("old_string is there 0 times, and nothing in the file comes close"),
        edit(file, "zzz qqq", "x"));
  }

  @Test
  void showsAtMostTwoThousandCharactersOfTheClosestText() {
    var line = "word ".repeat(1_000);

    var reason = ((Edited.Unchanged) edit(line + "!", line + "?", "x")).reason();

    assertTrue(reason.length() < AgentLimits.CLOSEST_CHARS + 100, "" + reason.length());
    assertTrue(reason.endsWith("…"));
  }

  @Test
  void refusesWhatIsNoEdit() {
    assertEquals(
        new Edited.Unchanged("old_string is empty; write makes and replaces whole files"),
        edit("a", "", "b"));
    assertEquals(
        new Edited.Unchanged("old_string and new_string are the same"), edit("a", "a", "a"));
    assertEquals(
        new Edited.Unchanged("a string holds half a character (a lone surrogate)"),
        edit("a", "a", "\ud800"));
  }

  @Test
  void leavesBytesAloneThatAreNoUtf8() {
    byte[] file = "caf\u00e9 one\r\n\u00ff\u00fe two\n".getBytes(ISO_8859_1);

    var edited = done(TextEdit.apply(file, new Replacement("one", "1", Scope.ONE)));
    var refused = TextEdit.apply(file, new Replacement("one", "é", Scope.ONE));

    assertArrayEquals("caf\u00e9 1\r\n\u00ff\u00fe two\n".getBytes(ISO_8859_1), edited.bytes());
    assertEquals(
        new Edited.Unchanged(
            "the file is not UTF-8, so only an ASCII new_string can be put into it"),
        refused);
  }

  @Test
  void takesNoPartOfACharacterForTheWhole() {
    // U+FB01 is the ligature fi, U+FDFA a phrase of 18 letters.
    assertInstanceOf(Edited.Unchanged.class, edit("\ufb01x", "f", "g"));
    assertInstanceOf(Edited.Unchanged.class, edit("\ufb01x", "ix", "g"));
    assertEquals("g", new String(done(edit("\ufb01x", "fix", "g")).bytes(), UTF_8));
  }

  @Test
  void refusesToGrowAFileBeyondItsLimit() {
    var edit = new Replacement("a", "b".repeat(100_000), Scope.EACH);

    assertEquals(
        new Edited.Unchanged("the file would have more than 8388608 bytes"),
        TextEdit.apply("a".repeat(100_000).getBytes(UTF_8), edit));
  }

  @Test
  void takesNoLongerForTextThatRepeats() { // S75
    var file = "a".repeat(AgentLimits.CHANGED_FILE_BYTES - 1) + "b";
    byte[] bytes = file.getBytes(UTF_8);
    var wanted = "a".repeat(500_000) + "c";

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertInstanceOf(
              Edited.Unchanged.class,
              TextEdit.apply(bytes, new Replacement(wanted, "x", Scope.ONE)));
          assertEquals(
              AgentLimits.CHANGED_FILE_BYTES - 1,
              done(TextEdit.apply(bytes, new Replacement("a", "\n", Scope.EACH))).places());
        });
  }

  @Test
  void bytesOutsideAnEditNeverChange() {
    long seed = 20_260_811;
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] head = randomBytes(random);
      byte[] tail = randomBytes(random);
      byte[] file = joined(head, "<<\rmark\n>>".getBytes(UTF_8), tail);
      int round = i;

      var edited = TextEdit.apply(file, new Replacement("<<\rmark\n>>", "[\n]", Scope.ONE));

      byte[] after = done(edited).bytes();
      assertArrayEquals(
          joined(head, "[\n]".getBytes(UTF_8), tail),
          after,
          () -> "round " + round + " of seed " + seed);
    }
  }

  private static byte[] randomBytes(Random random) {
    byte[] pool = "\r\n\r\n ab\u00e9\ufeff\u2019".getBytes(UTF_8);
    byte[] bytes = new byte[random.nextInt(40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          random.nextInt(4) == 0 ? (byte) random.nextInt(256) : pool[random.nextInt(pool.length)];
    }
    // The one mark there is; and the line end within it decides alone what becomes of line ends.
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '<' || bytes[i] == '>' ? (byte) '.' : bytes[i];
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static String all(String file, String old, String fresh) {
    return new String(
        done(TextEdit.apply(file.getBytes(UTF_8), new Replacement(old, fresh, Scope.EACH))).bytes(),
        UTF_8);
  }

  private static Edited edit(String file, String old, String fresh) {
    return TextEdit.apply(file.getBytes(UTF_8), new Replacement(old, fresh, Scope.ONE));
  }

  private static Edited.Done done(Edited edited) {
    return assertInstanceOf(Edited.Done.class, edited, edited::toString);
  }

  private static byte[] bytes(String shown) {
    return text(shown).getBytes(UTF_8);
  }

  private static String text(String shown) {
    return shown
        .replace('␍', '\r')
        .replace('␊', '\n')
        .replace('◊', '\ufeff')
        .replace("∅", "")
        .replace("\\t", "\t");
  }
}
