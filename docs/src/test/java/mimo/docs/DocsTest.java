package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the words of the documents to the code, and to each other.
final class DocsTest {

  private static final int PAGES_AT_LEAST = 25;

  private static final Pattern RUNS_A_WORKFLOW = Pattern.compile("\\./mimo compose [^`\n]*");

  private static final Pattern SHIPPED = Pattern.compile("(?m)^  ([a-z0-9-]+) {2,}\\S+$");

  private static final Pattern JAR = Pattern.compile("(.+)\\.jar");

  private static final Repository REPOSITORY = Repository.here();
  private static final List<Page> PAGES =
      REPOSITORY.files(".md").stream().filter(DocsTest::isOurs).map(Page::read).toList();

  @Test
  void sawAllThePages() {
    assertTrue(PAGES.size() >= PAGES_AT_LEAST, "saw only " + PAGES.size() + " pages");
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() {
    var links = PAGES.stream().mapToInt(page -> page.links().size()).sum();

    assertTrue(links > 50, "saw only " + links + " links");
    Findings.assertNone(Links.broken(REPOSITORY, PAGES));
  }

  @Test
  void theReadmesCommandsNeedNoKey() {
    var readme = Repository.read(REPOSITORY.file("README.md"));
    var commands = RUNS_A_WORKFLOW.matcher(readme).results().map(match -> match.group()).toList();
    var asking = commands.stream().filter(command -> !command.contains("--model offline")).toList();

    assertTrue(commands.size() >= 2, "found only " + commands);
    Findings.assertNone(asking);
  }

  @Test
  void theLimitsPageIsMadeFromTheCode() {
    GeneratedBlocks.hold(REPOSITORY.file("docs/reference/limits.md"), LimitTables.all(REPOSITORY));
  }

  @Test
  void everyShippedLibraryIsInTheNotice() throws IOException {
    var notice =
        SHIPPED
            .matcher(Repository.read(REPOSITORY.file("NOTICE")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    var dist = REPOSITORY.file("cli/target/dist");
    assertTrue(Files.isDirectory(dist), dist + " is missing: package the rooms, by mvn verify");
    try (var jars = Files.walk(dist)) {
      var shipped =
          jars.map(jar -> JAR.matcher(jar.getFileName().toString()))
              .filter(jar -> jar.matches() && !jar.group(1).startsWith("mimo-"))
              .map(jar -> jar.group(1))
              .collect(Collectors.toCollection(TreeSet::new));

      assertTrue(shipped.size() > 10, "saw only " + shipped);
      assertEquals(shipped, notice);
    }
  }

  @Test
  void everyBuiltInWorkflowHasScriptReadmeAndSchema() throws IOException {
    var folder = REPOSITORY.file("workflows/src/main/resources/mimo/workflows");
    try (var workflows = Files.list(folder)) {
      var missing = new ArrayList<String>();
      var seen = 0;
      for (var workflow : workflows.filter(Files::isDirectory).sorted().toList()) {
        seen++;
        for (var file :
            List.of(workflow.getFileName() + ".js", "README.md", "arguments.schema.json")) {
          if (!Files.exists(workflow.resolve(file))) {
            missing.add(REPOSITORY.name(workflow) + " lacks " + file);
          }
        }
      }

      assertTrue(seen >= 1, "saw no workflow in " + folder);
      assertEquals(List.of(), missing);
    }
  }

  @Test
  void everyDecisionIsInTheIndex() {
    var index = Page.read(REPOSITORY.file("docs/decisions/README.md"));
    var missing = new ArrayList<String>();
    var seen = 0;
    for (var page : PAGES) {
      var name = REPOSITORY.name(page.file());
      if (name.matches("docs/decisions/\\d{4}-.*")) {
        seen++;
        if (!index.links().contains(name.substring("docs/decisions/".length()))) {
          missing.add(name + " is not in docs/decisions/README.md");
        }
      }
    }

    assertTrue(seen >= 6, "saw only " + seen + " decisions");
    assertEquals(List.of(), missing);
  }

  /// Pages a test expects as output describe repositories of their own.
  private static boolean isOurs(Path page) {
    return !REPOSITORY.name(page).contains("/src/test/resources/");
  }
}
