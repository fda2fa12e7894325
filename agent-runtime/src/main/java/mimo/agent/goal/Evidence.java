package mimo.agent.goal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.agent.goal.Transcript.Proof;
import mimo.agent.session.GoalFact.Asked;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Result;

/// Finds the quotes of a reply in what really happened (G4).
final class Evidence {

  /// Why a verdict does not count that rests on words of the agent alone. Told to the judge, too.
  static final String UNPROVED = "no quote comes from a tool, a check or the user";

  /// Words that are meant for a judge. What is put out by a test or a program has none of them in
  /// what proves something; whoever writes them wants to be believed (G5).
  private static final Pattern TO_THE_JUDGE =
      Pattern.compile(
          "\\b(goal (is|has been) (met|reached|complete)"
              + "|(ignore|disregard|forget|override).{0,40}"
              + "(instruction|prompt|rule|above|previous)|system"
              + " (prompt|message)|as an ai|you (must|should|are to)"
              + " (reply|answer|respond|say)|reply with|respond"
              + " with)\\b|\"(ok|impossible|evidence)\"\\s*:",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// Whoever speaks to a judge names it. A part of a path or of a name in a program is no such
  /// word, nor is one that the goal is about.
  private static final Pattern JUDGE =
      Pattern.compile(
          "(?<![\\w./-])(judge|verdict|evaluator|grader)(?![\\w/-]|\\.\\w)",
          Pattern.CASE_INSENSITIVE);

  private final Brief brief;

  Evidence(Brief brief) {
    this.brief = brief;
  }

  /// Why the reply does not count; empty if it does, or may.
  ///
  /// A quote may stand anywhere, and one at least where it proves something: in what a tool or a
  /// check put out, or the user said of the work. Words of the agent, those of the goal itself, and
  /// those that are meant for the judge prove nothing, except where the goal is about such words.
  Optional<String> fault(JudgeReply reply) {
    for (var quote : reply.evidence()) {
      if (!brief.transcript().holds(quote) && !brief.answer().contains(quote) && !checks(quote)) {
        return Optional.of("nobody said \"" + quote + "\"");
      }
    }
    boolean decides = reply.ok() || reply.impossible();
    return decides && !isProved(reply) && scopes(reply).isEmpty()
        ? Optional.of(UNPROVED)
        : Optional.empty();
  }

  /// Whether something proves it that is true whatever the goal is about.
  boolean isProved(JudgeReply reply) {
    return reply.evidence().stream().anyMatch(quote -> proof(quote) == Proof.OF_FACTS);
  }

  /// What the goal must be about so that the quotes prove that it is met, one of them. What cannot
  /// be reached is proved by nothing the agent wrote.
  List<Asked> scopes(JudgeReply reply) {
    var scopes = new ArrayList<Asked>();
    if (reply.ok() && reply.evidence().stream().anyMatch(this::isInTheAnswer)) {
      scopes.add(Asked.SCOPE);
    }
    if (reply.ok() && reply.evidence().stream().anyMatch(q -> proof(q) == Proof.OF_WRITING)) {
      scopes.add(Asked.WRITING);
    }
    return scopes;
  }

  private boolean isInTheAnswer(String quote) {
    return brief.answer().contains(quote)
        && !brief.condition().contains(quote)
        && !isForTheJudge(quote);
  }

  private Proof proof(String quote) {
    if (isForTheJudge(quote)) {
      return Proof.NONE;
    }
    return checks(quote) ? Proof.OF_FACTS : brief.transcript().proof(quote, brief.condition());
  }

  private boolean isForTheJudge(String quote) {
    var wish = brief.condition().toLowerCase(Locale.ROOT);
    return TO_THE_JUDGE.matcher(quote).find()
        || JUDGE
            .matcher(quote)
            .results()
            .anyMatch(word -> !wish.contains(word.group().toLowerCase(Locale.ROOT)));
  }

  private boolean checks(String quote) {
    Checked checked = brief.checked();
    return Stream.concat(checked.results().stream(), checked.originals().stream())
        .map(Result::output)
        .anyMatch(output -> output.contains(quote));
  }
}
