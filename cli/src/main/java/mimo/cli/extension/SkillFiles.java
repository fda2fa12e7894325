package mimo.cli.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.definition.FrontMatter;
import mimo.agent.skill.Skill;
import mimo.agent.skill.Skills;
import mimo.cli.extension.Grounds.Owner;

/// The skills that lie in folders, as they were when they were looked for; what they say is read
/// when it is wanted (A37). Thread-safe.
public final class SkillFiles implements Skills {

  private static final String KIND = "skills";
  private static final List<String> OTHERS = List.of(".agents", ".claude");

  /// How deep files lie in a skill's folder that its readers are told of.
  private static final int DEPTH = 4;

  private static final int SHOWN_FILES = 50;

  private final Grounds grounds;
  private final List<Skill> skills;

  private SkillFiles(Grounds grounds, List<Skill> skills) {
    this.grounds = grounds;
    this.skills = skills;
  }

  /// Those there are now. The first of a name counts.
  public static SkillFiles in(Grounds grounds) {
    var found = new TreeMap<String, Skill>();
    var admitted = new Admitted(grounds);
    for (var place : grounds.places(KIND, OTHERS)) {
      for (var folder : folders(place, grounds)) {
        add(folder, place.owner(), new Search(grounds, admitted, found));
      }
    }
    admitted.tell();
    return new SkillFiles(grounds, List.copyOf(found.values()));
  }

  /// What a search has come to.
  private record Search(Grounds grounds, Admitted admitted, TreeMap<String, Skill> found) {}

  private static List<Path> folders(Grounds.Place place, Grounds grounds) {
    if (!Files.isDirectory(place.folder())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(place.folder())) {
      return entries.filter(Files::isDirectory).sorted().limit(AgentLimits.SKILLS).toList();
    } catch (IOException unreadable) {
      grounds.leave(place.folder(), "it cannot be read");
      return List.of();
    }
  }

  private static void add(Path folder, Owner owner, Search search) {
    var grounds = search.grounds();
    var file = folder.resolve(Skill.FILE);
    switch (ExtensionText.read(file, owner, grounds.root(), AgentLimits.SKILL_CHARS)) {
      case ExtensionText.Missing() -> {}
      case ExtensionText.Refused(var why) -> grounds.leave(file, why);
      case ExtensionText.Found(var text) -> {
        if (search.admitted().test(file, owner, text)) {
          try {
            var skill = Skill.parse(text, owner(owner), folder);
            search.found().putIfAbsent(skill.name(), skill);
          } catch (IllegalArgumentException wrong) {
            grounds.leave(file, "it is no skill: " + wrong.getMessage());
          }
        }
      }
    }
  }

  private static Skill.Owner owner(Owner owner) {
    return switch (owner) {
      case USER -> Skill.Owner.USER;
      case REPOSITORY -> Skill.Owner.REPOSITORY;
    };
  }

  private static Owner owner(Skill skill) {
    return switch (skill.owner()) {
      case USER -> Owner.USER;
      case REPOSITORY -> Owner.REPOSITORY;
    };
  }

  @Override
  public List<Skill> all() {
    return skills;
  }

  @Override
  public Reading read(Skill skill, String name) {
    Path file;
    try {
      file = skill.folder().resolve(name).normalize();
    } catch (InvalidPathException noPath) {
      return refused(skill, name, "it is no path");
    }
    if (!file.startsWith(skill.folder()) || !isInside(skill, file)) {
      return refused(skill, name, "it leads out of the skill's folder");
    }
    return switch (ExtensionText.read(
        file, owner(skill), grounds.root(), AgentLimits.SKILL_CHARS)) {
      case ExtensionText.Missing() -> refused(skill, name, "there is no such file");
      case ExtensionText.Refused(var why) -> refused(skill, name, why);
      case ExtensionText.Found(var text) ->
          new Admitted(grounds).test(file, owner(skill), text)
              ? found(skill, name, text)
              : refused(skill, name, "it has changed, or was never trusted (mimo trust)");
    };
  }

  private static boolean isInside(Skill skill, Path file) {
    try {
      return !Files.exists(file) || file.toRealPath().startsWith(skill.folder().toRealPath());
    } catch (IOException unresolved) {
      return false;
    }
  }

  private static Reading found(Skill skill, String name, String text) {
    try {
      return new Reading.Found(name.equals(Skill.FILE) ? FrontMatter.read(text).body() : text);
    } catch (IllegalArgumentException headless) {
      return refused(skill, name, "it is no skill any more: " + headless.getMessage());
    }
  }

  private static Reading refused(Skill skill, String name, String why) {
    return new Reading.Refused(
        "'%s' of the skill '%s' cannot be read: %s".formatted(name, skill.name(), why));
  }

  @Override
  public List<String> beside(Skill skill) {
    try {
      // Its folder may be a link, into which nobody walks.
      var folder = skill.folder().toRealPath();
      return beside(folder);
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  private static List<String> beside(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals(Skill.FILE))
          .limit(AgentLimits.SKILLS)
          .sorted(Comparator.naturalOrder())
          .limit(SHOWN_FILES)
          .toList();
    }
  }
}
