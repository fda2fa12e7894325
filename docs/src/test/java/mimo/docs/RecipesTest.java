package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import mimo.agent.ToolSource.Who;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.Commands;
import mimo.agent.command.Unconfined;
import mimo.agent.hook.HookProcess;
import mimo.agent.hook.HookSet;
import mimo.agent.skill.Skill;
import mimo.agent.skill.Skills.Reading;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;
import mimo.cli.extension.CommandFiles;
import mimo.cli.extension.Grounds;
import mimo.cli.extension.HookFiles;
import mimo.cli.extension.SkillFiles;
import mimo.cli.script.Admission;
import mimo.cli.script.Script;
import mimo.cli.trust.Executables;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows the recipes of the pages about skills, commands and hooks: what they show as files is
/// written, and what they say of it is so.
final class RecipesTest implements Admission {

  @TempDir Path temp;
  private final List<String> notices = new ArrayList<>();

  /// Writes the files of a page: each fence whose words end with a path.
  private Page follow(String name) throws IOException {
    var page = Page.read(Repository.here().file("docs/reference/" + name + ".md"));
    int written = 0;
    for (var fence : page.fences()) {
      var words = fence.language().split(" ", -1);
      if (words.length == 2 && words[1].contains("/")) {
        var file = temp.toRealPath().resolve(words[1]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, fence.text());
        written++;
      }
    }
    assertTrue(written > 0, name + " shows no file");
    return page;
  }

  private Grounds grounds() throws IOException {
    var folder = temp.toRealPath();
    return new Grounds(folder, folder.resolve("no"), folder.resolve("one"), this, notices::add);
  }

  private static String said(Page page) {
    return page.fences().stream()
        .filter(fence -> fence.language().equals("text"))
        .findFirst()
        .orElseThrow()
        .text()
        .strip();
  }

  @Test
  void theSkillIsFoundAndReadWithWhatLiesBesideIt() throws IOException {
    follow("skills");

    var skills = SkillFiles.in(grounds());
    var skill = skills.find("release-notes").orElseThrow();

    assertTrue(
        skills.read(skill, Skill.FILE) instanceof Reading.Found(var text)
            && text.contains("shape.md beside this file"));
    assertEquals(List.of("shape.md"), skills.beside(skill));
    assertEquals(List.of(), notices);
  }

  @Test
  void theCommandBecomesThePromptThatIsShown() throws IOException {
    var page = follow("commands");

    var called =
        CommandFiles.in(grounds()).called("/fix 12 it crashes on an empty file").orElseThrow();

    assertEquals(said(page), called.command().expand(called.behind()).prompt());
    assertEquals(List.of(), notices);
  }

  @Test
  void theHookDeniesWhatItSaysItDenies() throws Exception {
    var page = follow("hooks");
    var folder = temp.toRealPath();
    var hooks =
        new HookFiles(grounds(), name -> Optional.of(Path.of("/bin").resolve(name))).all(List.of());
    try (var commands =
        new Commands(
            new Unconfined(null),
            new ChildEnvironment(Map.of("PATH", "/usr/bin:/bin"), List.of()),
            1)) {
      var process = new HookProcess(commands, folder, _ -> Optional.of(Path.of("/bin/sh")));
      var own = HookSet.of(hooks, process, text -> text).by(Who.NOBODY, folder);

      assertEquals(HookAnswer.NOTHING, own.tell(call("git push"), CancellationToken.never()));
      var denied = own.tell(call("git push --force"), CancellationToken.never());
      assertEquals(said(page), "not run: denied by " + denied.reason());
    }
    assertEquals(List.of(), notices);
  }

  private static HookMoment call(String command) {
    return new HookMoment.ToolBefore(
        new ToolUse("c1", "bash", "{\"command\":\"" + command + "\"}"));
  }

  @Override
  public void admit(Path folder, Script script, Manner manner) {
    throw new AssertionError("no script is run here");
  }

  @Override
  public BiPredicate<Path, String> admitted(Path folder) {
    return (_, _) -> true;
  }

  @Override
  public boolean trusts(Path folder) {
    return true;
  }

  @Override
  public Map<Path, String> trusted(Path folder) {
    return Executables.in(folder).byPath();
  }
}
