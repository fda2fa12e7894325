package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import mimo.docs.Tidiness.Folders;
import org.junit.jupiter.api.Test;

/// Reads the repository as text and holds it to the house's rules of form.
final class TidyTest {

  /// Fewer files than this were not looked at but missed. Raise it as the tree grows.
  private static final int FILES_AT_LEAST = 400;

  /// Methods above the limit, with the length they may keep. This list only shrinks.
  private static final Map<String, Integer> LONG_METHODS =
      Map.of("AnswerSchemaTest.refusesBeforeAnySpend", 72);

  /// Files that must keep a form of their own, each with the reason.
  private static final Map<String, String> LEFT_AS_THEY_ARE =
      Map.of(
          "sandbox/src/test/resources/mimo/sandbox/permitted.txt",
          "one line for each thing",
          "sandbox/src/main/resources/mimo/sandbox/compile/eraser/ts-blank-space.js",
          "written by others");

  private static final Pattern RESOURCE = Pattern.compile("([^/]+)/src/(main|test)/resources/(.+)");
  private static final Pattern JAVA = Pattern.compile("([^/]+)/src/(main|test)/java/(.+)/[^/]+");

  private static final Repository REPOSITORY = Repository.here();
  private static final List<Path> FILES = REPOSITORY.files();
  private static final JavaSources SOURCES = JavaSources.parse(REPOSITORY.files(".java"));

  @Test
  void sawAllTheFiles() {
    assertTrue(
        FILES.size() >= FILES_AT_LEAST,
        "saw only " + FILES.size() + " files, expected at least " + FILES_AT_LEAST);
  }

  @Test
  void noBannedWordStandsInAnyText() {
    assertClean(file -> !file.endsWith("mimo/docs/Words.java"), Words::inText);
  }

  @Test
  void noTypeIsNamedAfterNothing() {
    var found = new ArrayList<String>();
    for (var type : SOURCES.types()) {
      Words.inTypeName(type.name())
          .ifPresent(fault -> found.add(REPOSITORY.name(type.file()) + ": " + fault));
    }

    Findings.assertNone(found);
  }

  @Test
  void noLineOfJavaIsTooLong() {
    assertClean(file -> file.endsWith(".java"), Tidiness::longLines);
  }

  @Test
  void noFileIsTooLong() {
    // The schema is made from the table of keys, and npm writes what it has locked.
    assertClean(
        file -> !file.endsWith("mimocode.schema.json") && !file.endsWith("package-lock.json"),
        Tidiness::length);
  }

  @Test
  void noMethodIsTooLong() {
    Findings.assertNone(Tidiness.longMethods(SOURCES.methods(), LONG_METHODS));
  }

  @Test
  void everyTextEndsWithANewline() {
    assertClean(file -> true, Tidiness::ending);
  }

  @Test
  void commentsOnDeclarationsAreMarkdown() {
    assertClean(file -> file.endsWith(".java"), Tidiness::oldComments);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    var described = new HashSet<String>();
    var packages = new TreeSet<String>();
    for (var file : FILES) {
      var match = JAVA.matcher(REPOSITORY.name(file));
      if (match.matches()) {
        var name = match.group(1) + " " + match.group(3).replace('/', '.');
        packages.add(name);
        if (file.endsWith("package-info.java")) {
          described.add(name);
        }
      }
    }
    packages.removeAll(described);

    Findings.assertNone(packages.stream().map(name -> name + " lacks package-info.java").toList());
    assertClean(file -> file.endsWith("/package-info.java"), Tidiness::packageNote);
  }

  @Test
  void everyGoldenFileIsNamedByATest() {
    assertNamed(path -> path.startsWith("golden/"), Folders.DO_NOT_COUNT);
  }

  @Test
  void everyResourceHasAReader() {
    assertNamed(
        path -> !path.startsWith("golden/") && !path.startsWith("META-INF/"), Folders.COUNT);
  }

  private static void assertNamed(Predicate<String> chosen, Folders folders) {
    var found = new ArrayList<String>();
    for (var file : FILES) {
      var match = RESOURCE.matcher(REPOSITORY.name(file));
      if (match.matches()
          && chosen.test(match.group(3))
          && !Tidiness.isNamed(match.group(3), SOURCES.literals(), folders)) {
        found.add(REPOSITORY.name(file) + " is named nowhere in Java: read it, or drop it");
      }
    }
    Findings.assertNone(found);
  }

  private static void assertClean(Predicate<String> chosen, Function<String, List<String>> rule) {
    var found = new ArrayList<String>();
    for (var file : FILES) {
      var name = REPOSITORY.name(file);
      if (chosen.test(name) && !LEFT_AS_THEY_ARE.containsKey(name)) {
        var bytes = bytes(file);
        if (Tidiness.isText(bytes)) {
          rule.apply(Tidiness.text(bytes)).forEach(fault -> found.add(name + ":" + fault));
        }
      }
    }
    Findings.assertNone(found);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
