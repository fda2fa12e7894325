package mimo.agent;

import java.time.Duration;

/// The limits of what a conversation may hold, and of what is kept of it when it is too long.
public final class ContextLimits {

  /// Models of which a process learns how they count tokens (K24).
  public static final int ESTIMATED_MODELS = 100;

  /// Replies of an earlier process from which a session learns how its model counts.
  public static final int ESTIMATED_REPLIES = 3;

  /// One part in so many of an estimate is the most it is wrong by (K24).
  public static final int ESTIMATE_ERROR_PARTS = 10;

  /// Tokens of what a model is told in place of a conversation, the last messages included (K18).
  public static final int REBUILT_TOKENS = 65_000;

  /// Tokens of one message of the user in it.
  public static final int REBUILT_USER_TOKENS = 2_000;

  /// Characters of a tool's result that stays whole in the messages before a rebuild.
  public static final int REBUILT_RESULT_CHARS = 300;

  /// Messages with words that stay before a rebuild, where they fit.
  public static final int REBUILT_TEXTS = 5;

  /// Hundredths of what a model takes at which a conversation is rebuilt (K16).
  public static final int REBUILD_PERCENT = 90;

  /// Files of the memory that a rebuilt prompt names (K18).
  public static final int REBUILT_INDEX = 50;

  /// How long a rebuild waits for the checkpoint that is being written.
  public static final Duration REBUILD_PATIENCE = Duration.ofSeconds(30);

  /// Thresholds that `checkpoint.thresholds` may have.
  public static final int CHECKPOINT_THRESHOLDS = 20;

  /// Hundredths of what a conversation may have, below which all its checkpoints are written.
  public static final int CHECKPOINT_REBUILD_PERCENT = 90;

  /// Tokens a conversation is taken to have room for where nobody knows what its model takes in.
  public static final int CHECKPOINT_WINDOW = 128_000;

  /// Times a model is asked for one checkpoint: the first, and three after it was told what is
  /// wrong (K13).
  public static final int CHECKPOINT_ATTEMPTS = 4;

  /// Tokens of a model's reply that is a checkpoint.
  public static final int CHECKPOINT_OUTPUT_TOKENS = 20_000;

  /// Characters of a call and of its answer that the writer of a checkpoint reads.
  public static final int CHECKPOINT_RESULT_CHARS = 3_000;

  /// Milliseconds the end of a session waits for the writer of its checkpoint.
  public static final long CHECKPOINT_EXIT_MILLIS = 3_000;

  /// Milliseconds it takes for the checkpoint that is written without a model then.
  public static final long CHECKPOINT_FINISH_MILLIS = 5_000;

  /// Messages of a conversation for which a checkpoint is written when it is stopped.
  public static final int CHECKPOINT_STOPPED_MESSAGES = 20;

  /// Tokens that `context.budget` says at least: what stands before each request, and room for
  /// work.
  public static final int CONTEXT_BUDGET_LEAST = 16_000;

  /// Tokens that `context.budget` may say.
  public static final int CONTEXT_BUDGET = 10_000_000;

  private ContextLimits() {}
}
