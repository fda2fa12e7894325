package mimo.agent.goal;

import java.util.Optional;
import java.util.stream.Stream;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Result;

/// Finds the quotes of a reply in what really happened (G4).
final class Evidence {

  private final Brief brief;

  Evidence(Brief brief) {
    this.brief = brief;
  }

  /// Why the reply does not count; empty if it does.
  ///
  /// A quote may stand anywhere, and one at least where it proves something: in what a tool or a
  /// check put out, or the user said of the work. Words of the agent, and those of the goal itself,
  /// prove nothing.
  Optional<String> fault(JudgeReply reply, boolean aboutAnswer) {
    for (var quote : reply.evidence()) {
      if (!brief.transcript().holds(quote) && !brief.answer().contains(quote) && !checks(quote)) {
        return Optional.of("nobody said \"" + quote + "\"");
      }
    }
    boolean decides = reply.ok() || reply.impossible();
    return decides && reply.evidence().stream().noneMatch(quote -> proves(quote, aboutAnswer))
        ? Optional.of("no quote comes from a tool, a check or the user")
        : Optional.empty();
  }

  /// Whether the only thing that is missing is that words of the answer count.
  boolean restsOnTheAnswer(JudgeReply reply) {
    return reply.ok()
        && fault(reply, false).isPresent()
        && fault(reply, true).isEmpty();
  }

  private boolean proves(String quote, boolean aboutAnswer) {
    if (brief.condition().contains(quote)) {
      return false;
    }
    return brief.transcript().proves(quote)
        || checks(quote)
        || (aboutAnswer && brief.answer().contains(quote));
  }

  private boolean checks(String quote) {
    Checked checked = brief.checked();
    return Stream.concat(checked.results().stream(), checked.originals().stream())
        .map(Result::output)
        .anyMatch(output -> output.contains(quote));
  }
}
