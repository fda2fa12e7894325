package mimo.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import mimo.agent.web.PageText.Style;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class PageTextTest {

  @Test
  void keepsTheFormOfAPageAsMarkdown() {
    var read = PageText.read(WebData.text("page.html"), "https://a.test/b/", Style.MARKDOWN);

    assertEquals(WebData.text("page.md").strip(), read.text());
    assertEquals("Fish & chips", read.title());
  }

  @Test
  void keepsTheWordsOfAPageAsText() {
    var read = PageText.read(WebData.text("page.html"), "https://a.test/b/", Style.PLAIN);

    assertEquals(WebData.text("page.txt").strip(), read.text());
  }

  @Test
  void leavesOutWhatNobodySees() {
    var hidden =
        "<p>seen<script>a</script><style>b</style><span hidden>c</span>"
            + "<i style='color:red; Display : none'>d</i><b aria-hidden=true>e</b>"
            + "<!-- f --><template>g</template><textarea>h</textarea>";

    assertEquals("seen", PageText.read(hidden, "", Style.MARKDOWN).text());
  }

  @Test
  void endsOnAPageThatIsNestedWithoutEnd() {
    var deep = "<div><blockquote><ul><li><b>".repeat(50_000) + "end";

    Assertions.assertTimeout(Duration.ofSeconds(30), () -> PageText.read(deep, "", Style.MARKDOWN));
  }
}
