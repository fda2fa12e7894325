package mimo.agent.distill;

import mimo.agent.proposal.Draft;
import mimo.agent.skill.Skill;

/// A skill or a command that there is.
///
/// @param path of its file from its owner's outermost folder; empty if it lies elsewhere, where
///   nothing may be written
/// @param text of the whole file
public record Existing(
    Draft.Kind kind, String name, String description, Skill.Owner owner, String path, String text) {

  boolean is(Draft.Kind other, String named) {
    return kind == other && name.equals(named);
  }
}
