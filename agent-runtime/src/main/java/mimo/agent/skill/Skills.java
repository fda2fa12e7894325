package mimo.agent.skill;

import java.util.List;
import java.util.Optional;

/// The skills there are in a workspace. Thread-safe.
public interface Skills {

  /// None at all.
  Skills NONE =
      new Skills() {
        @Override
        public List<Skill> all() {
          return List.of();
        }

        @Override
        public Reading read(Skill skill, String file) {
          return new Reading.Refused("there are no skills");
        }

        @Override
        public List<String> beside(Skill skill) {
          return List.of();
        }
      };

  /// All of them, by name.
  List<Skill> all();

  /// The text of a skill's file, as it is now.
  ///
  /// @param file as its folder knows it
  Reading read(Skill skill, String file);

  /// The other files of a skill, as its folder knows them.
  List<String> beside(Skill skill);

  /// What came of reading.
  sealed interface Reading {

    record Found(String text) implements Reading {}

    /// @param why for models and people
    record Refused(String why) implements Reading {}
  }

  /// The one of a name.
  default Optional<Skill> find(String name) {
    return all().stream().filter(skill -> skill.name().equals(name)).findFirst();
  }
}
