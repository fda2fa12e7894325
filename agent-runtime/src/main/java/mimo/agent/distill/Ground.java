package mimo.agent.distill;

import java.util.List;
import java.util.Set;
import mimo.agent.history.Said;
import mimo.agent.skill.Skill;

/// Where skills and commands are proposed for, and what is known there.
///
/// @param owner whose folders they are for
/// @param existing those there are
/// @param reserved names that no command may have
/// @param runs the workflows that ran there, as things that were said
public record Ground(
    Skill.Owner owner, List<Existing> existing, Set<String> reserved, List<Said> runs) {

  /// What kind of a thing said a run is.
  public static final String RUN = "run";

  public Ground {
    existing = List.copyOf(existing);
    reserved = Set.copyOf(reserved);
    runs = List.copyOf(runs);
  }
}
