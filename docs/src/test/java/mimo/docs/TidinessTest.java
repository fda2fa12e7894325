package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.docs.Tidiness.Folders;
import org.junit.jupiter.api.Test;

final class TidinessTest {

  @Test
  void countsColumnsInCharactersAPersonSees() {
    var widest = "é𝒳".repeat(50);

    assertEquals(List.of(), Tidiness.longLines(widest));
    assertEquals(
        List.of("2: 101 columns, at most 100"), Tidiness.longLines("short\n" + widest + "x\n"));
  }

  @Test
  void namesTheLineOfACommentInTheOldForm() {
    var text = "/// fine\n  /" + "** old */\n/" + "* plain */\n";

    assertEquals(
        List.of("2: a comment with two stars; write /// and Markdown"), Tidiness.oldComments(text));
  }

  @Test
  void countsALineMoreThanTheLimit() {
    assertEquals(List.of(), Tidiness.length("x\n".repeat(500)));
    assertEquals(
        List.of("1: 501 lines, at most 500; split it by role"), Tidiness.length("x\n".repeat(501)));
  }

  @Test
  void missesTheLastNewline() {
    assertEquals(List.of(), Tidiness.ending("a\nb\n"));
    assertEquals(List.of("2: does not end with a newline"), Tidiness.ending("a\nb"));
  }

  @Test
  void asksAPackageNoteForItsWordsAndItsNullMark() {
    assertEquals(List.of(), Tidiness.packageNote("/// Rooms.\n@NullMarked\npackage a;\n"));
    assertEquals(
        List.of("1: says nothing; begin with what the package is, as ///", "1: lacks @NullMarked"),
        Tidiness.packageNote("package a;\n"));
  }

  @Test
  void letsTheListOfLongMethodsOnlyShrink() {
    var methods =
        List.of(method("new", 61), method("listed", 70), method("shorter", 65), method("ok", 60));
    var listed = Map.of("Type.listed", 70, "Type.shorter", 80, "Type.gone", 90);

    assertEquals(
        List.of(
            "Type.new has 61 lines, at most 60",
            "Type.gone is listed with a length it no longer has",
            "Type.shorter is listed with a length it no longer has"),
        Tidiness.longMethods(methods, listed));
  }

  @Test
  void takesAResourceForReadWhenItsNameStemOrFolderIsNamed() {
    var path = "hostile/parse/deep.js";

    assertEquals(true, Tidiness.isNamed(path, Set.of("/x/deep.js"), Folders.DO_NOT_COUNT));
    assertEquals(true, Tidiness.isNamed(path, Set.of("deep"), Folders.DO_NOT_COUNT));
    assertEquals(
        true, Tidiness.isNamed("golden/help-runs.txt", Set.of("help-"), Folders.DO_NOT_COUNT));
    assertEquals(true, Tidiness.isNamed(path, Set.of("/hostile/"), Folders.COUNT));
    assertEquals(false, Tidiness.isNamed(path, Set.of("/hostile/"), Folders.DO_NOT_COUNT));
    assertEquals(false, Tidiness.isNamed(path, Set.of("deeper", "parse"), Folders.COUNT));
  }

  private static JavaSources.Method method(String name, long lines) {
    return new JavaSources.Method(Path.of("Type.java"), "Type", name, lines);
  }
}
