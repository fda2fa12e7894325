package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.js            | a.js            | true
          *.js            | src/a.js        | false
          **/*.js         | a.js            | true
          **/*.js         | src/deep/a.js   | true
          **              | a               | true
          **              | a/b/c           | true
          src/**          | src/a/b         | true
          src/**/b.txt    | src/b.txt       | true
          src/**/b.txt    | src/x/y/b.txt   | true
          src/**/b.txt    | lib/b.txt       | false
          src/*/b.txt     | src/x/y/b.txt   | false
          *               | .hidden         | true
          .*              | .hidden         | true
          ?.txt           | é.txt           | true
          ??.txt          | 😀.txt          | false
          [a-c].txt       | b.txt           | true
          [!a-c].txt      | b.txt           | false
          [^a-c].txt      | d.txt           | true
          []x].txt        | ].txt           | true
          [a-].txt        | -.txt           | true
          \\*.txt         | *.txt           | true
          \\*.txt         | a.txt           | false
          {a,b}.txt       | b.txt           | true
          {a,b{c,d}}.txt  | bd.txt          | true
          src/{m,t}/**    | src/t/x         | true
          a/**/b/**/c     | a/x/b/y/z/c     | true
          a/**/b/**/c     | a/x/c           | false
          ./src/*.js      | src/a.js        | true
          *a*b*c          | xxaxxbxxc       | true
          *a*b*c          | xxaxxbxx        | false
          """)
  void matches(String pattern, String path, boolean expected) {
    assertEquals(expected, Glob.parse(pattern).matches(path));
  }

  @ParameterizedTest
  @CsvSource({"src/main/*.js,src/main", "*.js,''", "a.js,''", "x/a.js,x", "./x/{a}.js,x"})
  void knowsWhereASearchMayBegin(String pattern, String base) {
    assertEquals(base, Glob.parse(pattern).base());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [a     | pattern '[a' has a '[' that is not closed
          {a,b   | pattern '{a,b' has a '{' that is not closed
          a\\    | pattern 'a\\' ends with a backslash
          ''     | a pattern needs 1 to 1000 characters
          """)
  void refusesMalformedPatterns(String pattern, String message) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Glob.parse(pattern));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void refusesBracesThatExplode() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Glob.parse("{a,b}".repeat(20)));

    assertEquals("the braces give more than 256 alternatives", refused.getMessage());
  }

  @Test
  void takesNoMoreThanProportionalTime() {
    var glob = Glob.parse("*a".repeat(400) + "b");
    var deep = Glob.parse("**/a/".repeat(150) + "b");

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertEquals(false, glob.matches("a".repeat(4_000)));
          assertEquals(false, deep.matches("a/".repeat(1_500) + "c"));
        });
  }
}
