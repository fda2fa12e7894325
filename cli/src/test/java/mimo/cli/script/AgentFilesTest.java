package mimo.cli.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.cli.testing.Admissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that files define (L73), and whose files count (A39, S28).
final class AgentFilesTest {

  @TempDir Path home;
  private final List<String> notices = new ArrayList<>();
  private Path root = Path.of("");
  private Path here = Path.of("");
  private Path own = Path.of("");
  private Admission admission = Admissions.TRUSTING;

  @BeforeEach
  void furnish() throws IOException {
    root = Files.createDirectories(home.resolve("repository"));
    Files.createDirectory(root.resolve(".git"));
    here = Files.createDirectories(root.resolve("inner/folder"));
    own = home.resolve("own");
  }

  private void write(Path folder, String name, String prompt) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), "---\ndescription: x\n---\n" + prompt);
  }

  private Map<String, String> prompts() {
    var prompts = new TreeMap<String, String>();
    new AgentFiles(here, own, admission, notices::add)
        .all()
        .forEach((name, agent) -> prompts.put(name, agent.prompt()));
    return prompts;
  }

  @Test
  void theNearestFileCountsAndMimosFolderBeforeClaudesL73() throws IOException {
    write(root.resolve(".mimocode/agents"), "a", "root");
    write(here.resolve(".mimocode/agents"), "a", "here");
    write(root.resolve(".mimocode/agents"), "b", "root");
    write(here.resolve(".claude/agents"), "b", "claude");
    write(here.resolve(".claude/agents"), "c", "claude");
    write(home.resolve(".claude/agents"), "d", "outside of the repository");
    write(own, "e", "own");

    assertEquals(Map.of("a", "here", "b", "root", "c", "claude", "e", "own"), prompts());
    assertEquals(List.of(), notices);
  }

  @Test
  void whatIsNotTrustedIsLeftAsideAndToldOnceA57() throws IOException {
    write(here.resolve(".mimocode/agents"), "a", "theirs");
    write(root.resolve(".claude/agents"), "b", "theirs");
    write(own, "c", "own");
    admission = Admissions.WARY;

    assertEquals(Map.of("c", "own"), prompts());
    assertEquals(List.of(Admission.LEFT_ASIDE), notices);
  }

  @Test
  void aRepositoryTakesNoNameOfTheUsersOrOfMimosS28() throws IOException {
    write(own, "critic", "own");
    write(own, "plan", "my way to plan");
    write(root.resolve(".claude/agents"), "critic", "theirs");
    write(root.resolve(".claude/agents"), "explore", "theirs");

    assertEquals(Map.of("critic", "own", "plan", "my way to plan"), prompts());
    assertEquals(
        List.of(
            root.resolve(".claude/agents/critic.md")
                + " is left aside: 'critic' is an agent already.",
            root.resolve(".claude/agents/explore.md")
                + " is left aside: 'explore' is an agent already."),
        notices);
  }

  @Test
  void aRepositorysLinksAreNotFollowedS28() throws IOException {
    write(home.resolve("secrets"), "a", "key");
    Files.createDirectories(here.resolve(".mimocode"));
    Files.createSymbolicLink(here.resolve(".mimocode/agents"), home.resolve("secrets"));
    Files.createDirectories(here.resolve(".claude/agents"));
    Files.createSymbolicLink(here.resolve(".claude/agents/b.md"), home.resolve("secrets/a.md"));
    Files.createDirectories(home.resolve("other/agents"));
    write(home.resolve("other/agents"), "c", "key");
    Files.createSymbolicLink(root.resolve(".claude"), home.resolve("other"));

    assertEquals(Map.of(), prompts());
  }

  @Test
  void theUsersOwnLinksAre() throws IOException {
    write(home.resolve("elsewhere"), "a", "mine");
    Files.createSymbolicLink(own, home.resolve("elsewhere"));

    assertEquals(Map.of("a", "mine"), prompts());
  }

  @Test
  void aFileThatDefinesNoAgentIsLeftAsideAndTold() throws IOException {
    var folder = Files.createDirectories(here.resolve(".mimocode/agents"));
    Files.writeString(folder.resolve("prose.md"), "Just prose.");
    Files.write(folder.resolve("bytes.md"), new byte[] {(byte) 0xC3, 0x28});
    Files.writeString(folder.resolve("long.md"), "x".repeat(70_000));
    Files.writeString(folder.resolve("notes.txt"), "no agent's file");
    write(folder, "good", "p");

    assertEquals(Map.of("good", "p"), prompts());
    assertEquals(
        List.of(
            ".mimocode/agents/bytes.md is left aside: it cannot be read as UTF-8.",
            ".mimocode/agents/long.md is left aside: it is longer than 65536 bytes.",
            ".mimocode/agents/prose.md is left aside: it defines no agent: line 1: it does not"
                + " begin with '---'."),
        notices);
  }
}
