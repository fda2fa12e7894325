package mimo.agent.goal;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Result;

/// Finds the quotes of a reply in what really happened (G4).
final class Evidence {

  /// Words that are meant for a judge. What is put out by a test or a program has none of them in
  /// what proves something; whoever writes them wants to be believed (G5).
  private static final Pattern TO_THE_JUDGE =
      Pattern.compile(
          "\\b(judge|verdict|evaluator|grader|goal (is|has been) (met|reached|complete)"
              + "|(ignore|disregard|forget|override).{0,40}"
              + "(instruction|prompt|rule|above|previous)|system"
              + " (prompt|message)|as an ai|you (must|should|are to)"
              + " (reply|answer|respond|say)|reply with|respond"
              + " with)\\b|\"(ok|impossible|evidence)\"\\s*:",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Brief brief;

  Evidence(Brief brief) {
    this.brief = brief;
  }

  /// Why the reply does not count; empty if it does.
  ///
  /// A quote may stand anywhere, and one at least where it proves something: in what a tool or a
  /// check put out, or the user said of the work. Words of the agent, those of the goal itself, and
  /// those that are meant for the judge prove nothing.
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
    return reply.ok() && fault(reply, false).isPresent() && fault(reply, true).isEmpty();
  }

  private boolean proves(String quote, boolean aboutAnswer) {
    if (brief.condition().contains(quote) || TO_THE_JUDGE.matcher(quote).find()) {
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
