package mimo.agent;

/// The limits of goals, by name. Hitting one is a value, told to whoever set the goal.
public final class GoalLimits {

  /// How often an agent is sent back unless the goal says otherwise (G7).
  public static final int REENTRIES = 12;

  /// How often a goal may have it sent back.
  public static final int REENTRIES_MOST = 100;

  /// Characters of a condition.
  public static final int CONDITION_CHARS = 4_000;

  /// Checks of one goal.
  public static final int CHECKS = 20;

  /// Seconds one command of a check may take.
  public static final int CHECK_SECONDS = 600;

  /// Characters of a check's output that are kept: its beginning and its end.
  public static final int CHECK_OUTPUT_CHARS = 8_000;

  /// Bytes of a file that a check looks into.
  public static final int CHECKED_FILE_BYTES = 8 << 20;

  /// Tests and files of their configuration that are guarded (G9).
  public static final int GUARDED_FILES = 5_000;

  /// Bytes of all of them, and so of the copy that is kept.
  public static final long GUARDED_BYTES = 256L << 20;

  /// Days the copy is kept.
  public static final int COPY_DAYS = 30;

  /// Bytes of a workspace that is copied to run checks on the tests as they were.
  public static final long TREE_BYTES = 2L << 30;

  /// Files and folders of such a workspace.
  public static final int TREE_ENTRIES = 200_000;

  /// Hours after which such a copy was left by a process that is no more.
  public static final int TREE_HOURS = 12;

  /// Replies a judge may give until one must count (G6).
  public static final int JUDGE_TRIES = 3;

  /// Seconds a judge may take for one reply.
  public static final int JUDGE_SECONDS = 180;

  /// Characters of what a judge is shown, fewer where its window is smaller; of more, it is told
  /// what was left out (G3).
  public static final int JUDGE_CHARS = 400_000;

  /// Characters of one piece of what it is shown, once there is more than that.
  public static final int JUDGE_PIECE_CHARS = 4_000;

  /// Characters of one piece, where the judge's window has no room for more.
  public static final int JUDGE_PIECE_CHARS_LEAST = 250;

  /// Output tokens of a judge's reply, what it thinks included; a quarter of its window at most.
  public static final int JUDGE_TOKENS = 16_000;

  /// Characters of what failed checks put out, all together, that an agent is told.
  public static final int FAILED_CHARS = 8_000;

  /// Characters of a judge's reason.
  public static final int REASON_CHARS = 2_000;

  /// Quotes of a judge's reply.
  public static final int QUOTES = 20;

  /// Characters a quote must have that are no blanks, and may have in all.
  public static final int QUOTE_CHARS_LEAST = 4;

  /// Characters a quote may have.
  public static final int QUOTE_CHARS = 2_000;

  /// How often an agent is told of the tasks it has left open, before it ends as partial (T4).
  public static final int TASK_NUDGES = 2;

  /// Actions of one batch on tasks (T3).
  public static final int TASK_BATCH = 50;

  private GoalLimits() {}
}
