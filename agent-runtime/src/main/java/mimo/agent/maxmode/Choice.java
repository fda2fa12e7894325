package mimo.agent.maxmode;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Which of several candidates became the reply of a step, and what that cost beside the reply. It
/// is recorded with the reply, in one entry: so a step that has a reply is never sampled again
/// (X8).
///
/// @param wanted how many candidates the step should have had; it has fewer if the budget was short
///   or the first changes nothing
/// @param candidates all that were asked for, in order
/// @param chosen the place among them of the one that became the reply; -1 if none did, and the
///   step was asked for as any other
/// @param reason in the words of whoever chose
/// @param judging what each request to the judge used
public record Choice(
    int wanted,
    List<Candidate> candidates,
    int chosen,
    How how,
    String reason,
    List<TokenUsage> judging) {

  public static final int NONE = -1;

  /// How it came about.
  public enum How {
    /// The judge chose.
    JUDGED,

    /// All others failed.
    SURVIVED,

    /// All say the same.
    AGREED,

    /// The judge gave no verdict, so it is the first one; look at this step.
    UNJUDGED,

    /// It changes nothing, so no others were asked for (X6).
    HARMLESS,

    /// The budget pays for no more than one (X7).
    AFFORDED,

    /// All failed, and an ordinary step took their place (X4).
    ORDINARY,

    /// The step has no reply: somebody stopped it, or the ordinary one failed, too.
    LOST
  }

  /// One candidate.
  ///
  /// @param digest of all it said
  /// @param said its beginning: words and calls
  /// @param fault why it came to nothing; null if it came to something
  public record Candidate(String digest, String said, @Nullable String fault, TokenUsage usage) {}

  public Choice {
    candidates = List.copyOf(candidates);
    judging = List.copyOf(judging);
    if (chosen < NONE || chosen >= candidates.size()) {
      throw new IllegalArgumentException(
          "candidate " + chosen + " is chosen, of " + candidates.size());
    }
  }

  /// That nothing came of what these requests used.
  public static Choice lost(int wanted, List<TokenUsage> paid) {
    var candidates =
        paid.stream().map(usage -> new Candidate("", "", "it was not taken", usage)).toList();
    return new Choice(wanted, candidates, NONE, How.LOST, "", List.of());
  }

  /// What each request used that is not the reply: those of the losers and of the judge (X5).
  public List<TokenUsage> overhead() {
    var uses = new ArrayList<TokenUsage>();
    for (int i = 0; i < candidates.size(); i++) {
      if (i != chosen) {
        uses.add(candidates.get(i).usage());
      }
    }
    uses.addAll(judging);
    // Of a request that failed nobody said that it used anything.
    uses.removeIf(TokenUsage.NONE::equals);
    return List.copyOf(uses);
  }

  /// The same in one sum.
  public TokenUsage overheadSum() {
    return overhead().stream().reduce(TokenUsage.NONE, TokenUsage::plus);
  }

  /// In a few words, for people.
  public String words() {
    int asked = candidates.size();
    var all = asked + (asked < wanted ? " (the budget pays for no more)" : "");
    return switch (how) {
      case JUDGED -> "candidate %d of %s: %s".formatted(chosen + 1, all, reason);
      case SURVIVED -> "candidate %d of %s: the others failed".formatted(chosen + 1, all);
      case AGREED -> "all of %d candidates say the same".formatted(asked);
      case UNJUDGED -> "candidate %d of %s, unjudged: %s".formatted(chosen + 1, all, reason);
      case HARMLESS -> "one candidate: it changes nothing";
      case AFFORDED -> "one candidate of %d: the budget pays for no more".formatted(wanted);
      case ORDINARY -> "none of %d candidates came to anything".formatted(asked);
      case LOST -> "%d replies were paid, and none was taken".formatted(asked);
    };
  }
}
