package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PageTest {

  private static final Path FOLDER = Path.of("/docs").toAbsolutePath();
  private static final Path FILE = FOLDER.resolve("page.md");

  private static final String TEXT =
      """
      # Commands

      See [below](#mimo-compose) and ![picture](a.png).

      ## `mimo compose`

      | flag | |
      |---|---|
      | `--model`, `-m` | the `model` |

      ### More

      | name |
      |---|
      | `inner` |

      ## More

      ```js complete
      return 1;
      ```
      """;

  @Test
  void readsHeadingsLinksNamesAndFences() {
    var page = Page.parse(FILE, TEXT);

    assertEquals(Set.of("commands", "mimo-compose", "more", "more-1"), page.anchors());
    assertEquals(List.of("#mimo-compose", "a.png"), page.links());
    assertEquals(List.of(new Page.Fence("js complete", "return 1;\n")), page.fences());
    assertEquals(
        Map.of(
            "Commands", Set.of(), "mimo compose", Set.of("--model", "-m"), "More", Set.of("inner")),
        page.names());
  }

  @Test
  void refusesASectionThatIsNotThere() {
    assertThrows(
        IllegalArgumentException.class, () -> Page.parse(FILE, TEXT).namesIn("Exit codes"));
  }

  @Test
  void findsLinksThatLeadNowhere() {
    var repository = new Repository(FOLDER);
    var page = Page.parse(FILE, "[a](#none) [b](missing.md) [c](https://example.org/x)\n");

    assertEquals(
        List.of("page.md: #none leads to no file", "page.md: missing.md leads to no file"),
        Links.broken(repository, List.of(page)));
  }
}
