package mimo.agent.proposal;

import java.time.Instant;
import java.util.List;

/// Changes that were thought of together.
///
/// @param id names it
/// @param origin which command it is from
/// @param author the model that thought of them, or that none did
/// @param project whose it is
/// @param days that were looked back
/// @param notes what else there is to know of it
public record Proposal(
    String id,
    Instant at,
    Origin origin,
    String author,
    String project,
    int days,
    List<String> notes,
    List<Suggestion> suggestions) {

  /// Where no model was asked.
  public static final String NO_MODEL = "no model (equal and near-equal texts alone)";

  public Proposal {
    notes = List.copyOf(notes);
    suggestions = List.copyOf(suggestions);
  }

  /// Whether anything of it waits for the user.
  public boolean isOpen() {
    return suggestions.stream().anyMatch(each -> each.state().waits());
  }

  Proposal with(List<Suggestion> others) {
    return new Proposal(id, at, origin, author, project, days, notes, others);
  }
}
