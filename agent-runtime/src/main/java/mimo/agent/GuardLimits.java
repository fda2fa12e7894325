package mimo.agent;

/// How many candidates a step has in Max Mode, what their judge is shown, and when a guard stops an
/// agent.
public final class GuardLimits {

  /// Candidates for one step in Max Mode at the least.
  public static final int CANDIDATES_LEAST = 2;

  /// Candidates for one step where nobody gives a number.
  public static final int CANDIDATES_USUAL = 5;

  /// Candidates for one step where the budget does not pay for the usual number.
  public static final int CANDIDATES_FEW = 3;

  /// Candidates for one step at the most; they are asked for at the same time.
  public static final int CANDIDATES_MOST = 9;

  /// Milliseconds between two signs that a candidate goes on.
  public static final int CANDIDATE_HEARD_MILLIS = 1_000;

  /// Characters of a candidate that are recorded.
  public static final int CANDIDATE_CHARS = 2_000;

  /// Requests to the judge of one step until one must have a verdict.
  public static final int JUDGE_TRIES = 2;

  /// Characters of the task, and of what was given along with it, that a judge is shown.
  public static final int JUDGE_TASK_CHARS = 8_000;

  /// Characters of the constraints, which is all that the agent is told first.
  public static final int JUDGE_CONSTRAINTS_CHARS = 48_000;

  /// Characters of the latest messages that it is shown.
  public static final int JUDGE_CONTEXT_CHARS = 24_000;

  /// Characters of one of them.
  public static final int JUDGE_MESSAGE_CHARS = 6_000;

  /// Characters of a candidate that it is shown.
  public static final int JUDGE_CANDIDATE_CHARS = 12_000;

  /// Characters of the reason it gives.
  public static final int JUDGE_REASON_CHARS = 1_000;

  /// Tokens a reply is taken to have before the first one is known.
  public static final int EXPECTED_OUTPUT_TOKENS = 1_000;

  /// Words in a row that a text repeats.
  public static final int GUARD_GRAM = 4;

  /// How often it says them until it is cut.
  public static final int GUARD_GRAM_REPEATS = 20;

  /// Latest words among which they are counted.
  public static final int GUARD_TEXT_WORDS = 500;

  /// Of so many sequences of words one may be new where a text says the same over and over.
  public static final int GUARD_NEWS = 10;

  /// Characters of a word that count.
  public static final int GUARD_WORD_CHARS = 200;

  /// Times an agent whose text was cut may go on.
  public static final int GUARD_RECOVERIES = 2;

  /// Calls in a block that the loop guard looks for (A58).
  public static final int GUARD_PERIOD = 10;

  /// How often a block with the same results must come for the loop guard to act.
  public static final int GUARD_REPEATS = 3;

  /// How often one must come whose results change, or which only waits.
  public static final int GUARD_POLLS = 30;

  /// Calls without a circle after which an agent is warned anew, and nobody asked.
  public static final int GUARD_QUIET_CALLS = 30;

  /// Requests that a budget may allow at the most.
  public static final int BUDGET_REQUESTS = 100_000;

  /// Tokens that no reply passes; a budget that leaves more limits none whose model nobody knows.
  public static final int BUDGET_REPLY_TOKENS = 128_000;

  private GuardLimits() {}
}
