package mimo.cli.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.skill.Skill;
import mimo.agent.skill.Skills.Reading;
import mimo.cli.script.Admission;
import mimo.cli.testing.Admissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A37, A57: where skills lie, and which of them count.
final class SkillFilesTest {

  @TempDir Path temp;
  private final List<String> notices = new ArrayList<>();
  private Path home;
  private Path root;
  private Path here;
  private Admission admission = Admissions.TRUSTING;

  @BeforeEach
  void furnish() throws IOException {
    home = temp.toRealPath().resolve("home");
    root = home.resolve("repository");
    here = Files.createDirectories(root.resolve("inner"));
    Files.createDirectory(root.resolve(".git"));
  }

  private SkillFiles skills() {
    var config = home.resolve(".config/mimocode");
    return SkillFiles.in(new Grounds(here, config, home, admission, notices::add));
  }

  private void skill(Path folder, String name, String description) throws IOException {
    var place = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        place.resolve("SKILL.md"),
        "---\nname: %s\ndescription: %s\n---\nBody of %s.\n"
            .formatted(name, description, description));
  }

  private List<String> found() {
    return skills().all().stream()
        .map(skill -> skill.name() + " " + skill.description() + " " + skill.owner().word())
        .toList();
  }

  @Test
  void theFirstFoundWinsFromTheWorkingFolderUpAndThenGlobally() throws IOException {
    skill(here.resolve(".mimocode/skills"), "a", "1");
    skill(root.resolve(".mimocode/skills"), "a", "2");
    skill(root.resolve(".mimocode/skills"), "b", "2");
    skill(root.resolve(".agents/skills"), "b", "3");
    skill(root.resolve(".agents/skills"), "c", "3");
    skill(here.resolve(".claude/skills"), "c", "4");
    skill(here.resolve(".claude/skills"), "d", "4");
    skill(home.resolve(".config/mimocode/skills"), "d", "5");
    skill(home.resolve(".config/mimocode/skills"), "e", "5");
    skill(home.resolve(".agents/skills"), "e", "6");
    skill(home.resolve(".agents/skills"), "f", "6");
    skill(home.resolve(".claude/skills"), "f", "7");
    skill(home.resolve(".claude/skills"), "g", "7");

    assertEquals(
        List.of(
            "a 1 repository",
            "b 2 repository",
            "c 3 repository",
            "d 4 repository",
            "e 5 user",
            "f 6 user",
            "g 7 user"),
        found());
    assertEquals(List.of(), notices);
  }

  @Test
  void skillsOfARepositoryThatIsNotTrustedDoNotCountA57() throws IOException {
    skill(root.resolve(".claude/skills"), "a", "theirs");
    skill(root.resolve(".agents/skills"), "b", "theirs");
    skill(home.resolve(".claude/skills"), "c", "own");
    admission = Admissions.WARY;

    assertEquals(List.of("c own user"), found());
    assertEquals(List.of(Admission.LEFT_ASIDE), notices);
  }

  @Test
  void whatIsNoSkillIsLeftAsideWithTheReason() throws IOException {
    var folder = here.resolve(".claude/skills");
    skill(folder, "Upper", "d");
    skill(folder, "good", "d");
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("prose"));
    Files.writeString(folder.resolve("prose/SKILL.md"), "Just words.");
    Files.createDirectories(folder.resolve("bytes"));
    Files.write(folder.resolve("bytes/SKILL.md"), new byte[] {(byte) 0xFF});

    assertEquals(List.of("good d repository"), found());
    assertEquals(
        List.of(
            ".claude/skills/Upper/SKILL.md is left aside: it is no skill: its name 'Upper' must be"
                + " small letters and digits with single dashes between, at most 64.",
            ".claude/skills/bytes/SKILL.md is left aside: it is not UTF-8 text.",
            ".claude/skills/prose/SKILL.md is left aside: it is no skill: line 1: it does not begin"
                + " with '---'."),
        notices);
  }

  @Test
  void aLinkOutOfTheRepositoryIsNotFollowedS28() throws IOException {
    skill(home.resolve("elsewhere"), "secret", "d");
    var folder = Files.createDirectories(here.resolve(".claude/skills"));
    Files.createSymbolicLink(folder.resolve("secret"), home.resolve("elsewhere/secret"));

    assertEquals(List.of(), found());
    assertEquals(
        List.of(".claude/skills/secret/SKILL.md is left aside: it leads out of the repository."),
        notices);
  }

  @Test
  void aBodyIsReadWhenItIsWantedAndItsFolderIsTheLimit() throws IOException {
    skill(home.resolve(".claude/skills"), "a", "d");
    var folder = home.resolve(".claude/skills/a");
    Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(folder.resolve("scripts/x.py"), "print()\n");
    Files.createSymbolicLink(folder.resolve("link.md"), Files.writeString(home.resolve("k"), "k"));
    var skills = skills();
    var skill = skills.find("a").orElseThrow();

    assertEquals(new Reading.Found("Body of d."), skills.read(skill, Skill.FILE));
    skill(home.resolve(".claude/skills"), "a", "new");
    assertEquals(new Reading.Found("Body of new."), skills.read(skill, Skill.FILE));
    assertEquals(new Reading.Found("print()\n"), skills.read(skill, "scripts/x.py"));
    assertEquals(List.of("link.md", "scripts/x.py"), skills.beside(skill));
    for (var outside : List.of("../../../k", "/etc/passwd", "link.md")) {
      assertEquals(
          new Reading.Refused(
              "'%s' of the skill 'a' cannot be read: it leads out of the skill's folder"
                  .formatted(outside)),
          skills.read(skill, outside));
    }
    assertEquals(
        new Reading.Refused("'b' of the skill 'a' cannot be read: there is no such file"),
        skills.read(skill, "b"));
  }

  @Test
  void aSkillThatIsNotTrustedAnyMoreIsNotReadA57() throws IOException {
    skill(here.resolve(".claude/skills"), "a", "d");
    var skill = skills().find("a").orElseThrow();
    admission = Admissions.WARY;

    assertEquals(
        new Reading.Refused(
            "'SKILL.md' of the skill 'a' cannot be read: it has changed, or was never trusted"
                + " (mimo trust)"),
        skills().read(skill, Skill.FILE));
  }
}
