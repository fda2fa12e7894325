package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.compose.ComposeLibrary;
import org.junit.jupiter.api.Test;

/// Holds the reference of the script language to the declarations that editors read: each name has
/// its page, and each page its signature.
final class ReferencePagesTest {

  private static final Path FOLDER = Repository.here().file("docs/reference/compose");
  private static final Pattern BLOCK = Pattern.compile("<!-- begin (\\w+) -->");

  @Test
  void everyNameOfTheLanguageHasItsPage() throws IOException { // L114
    var names =
        Stream.of(ComposeLibrary.FUNCTIONS, ComposeLibrary.ODW_FUNCTIONS)
            .flatMap(List::stream)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(names, pages().stream().map(ReferencePagesTest::name).collect(Collectors.toSet()));
  }

  @Test
  void everyPageBeginsWithItsNameAndShowsAnExampleThatRuns() throws IOException {
    var faults = new ArrayList<String>();
    for (var page : pages()) {
      if (!Repository.read(page).startsWith("# " + name(page) + "\n")) {
        faults.add(page + " does not begin with its name");
      }
      if (Page.read(page).fences().stream().noneMatch(RunningExamplesTest::runs)) {
        faults.add(page + " shows no example");
      }
    }

    Findings.assertNone(faults);
  }

  @Test
  void everyPageHasTheSignatureOfTheDeclarations() throws IOException { // L114
    var declared = Declarations.of(ComposeLibrary.declarations());
    for (var page : pages()) {
      var blocks = new TreeMap<String, String>();
      var shown = BLOCK.matcher(Repository.read(page)).results().map(block -> block.group(1));
      for (var name : Stream.concat(shown, Stream.of(name(page))).distinct().toList()) {
        blocks.put(name, "```ts\n" + declared.get(name) + "\n```\n");
      }

      GeneratedBlocks.hold(page, blocks);
    }
  }

  @Test
  void theIndexLeadsToEveryPage() throws IOException {
    var index = Page.read(FOLDER.resolveSibling("compose.md"));
    var missing =
        pages().stream()
            .map(page -> "compose/" + page.getFileName())
            .filter(link -> !index.links().contains(link))
            .toList();

    assertEquals(List.of(), missing);
  }

  private static List<Path> pages() throws IOException {
    try (var pages = Files.list(FOLDER)) {
      return pages.sorted().toList();
    }
  }

  private static String name(Path page) {
    return String.valueOf(page.getFileName()).replaceFirst("\\.md$", "");
  }
}
