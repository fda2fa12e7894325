package mimo.engine;

import java.time.Duration;

/// Every limit of the engine, by name. Hitting one is a value or a named failure, never a hang.
public final class EngineLimits {

  /// Agents that work at once in one process, unless the caller says otherwise (L98).
  public static final int AGENTS = 16;

  /// The most agents that may be allowed to work at once (L98).
  public static final int MOST_AGENTS = 10_000;

  /// File steps that work at once in one process.
  public static final int FILE_STEPS = 64;

  /// Tools that workflows call themselves and that work at once in one process.
  public static final int TOOL_STEPS = 16;

  /// Workflows that are looked up at once in one process.
  public static final int WORKFLOW_STEPS = 16;

  /// Steps of one process that wait for a permit. Further ones fail with `too_many_steps`.
  public static final int WAITING_STEPS = 200_000;

  /// Appends that wait for the journal's writer; whoever adds another waits.
  public static final int WRITER_QUEUE = 8_192;

  /// Appends that share one commit.
  public static final int APPENDS_PER_COMMIT = 4_096;

  /// Values above this many bytes are stored apart, by digest (D14).
  public static final int INLINE_VALUE_BYTES = 8_192;

  /// Sessions of one run whose ends the journal's writer has in mind; it looks others up.
  public static final int OPEN_SESSIONS = 16_384;

  /// Records read from the journal at once.
  public static final int READ_PAGE = 2_000;

  /// Events that wait for a listener; it reads the ones above from the journal.
  public static final int EVENT_QUEUE = 4_096;

  /// How long a run that ends waits for its listener to hear the rest.
  public static final Duration LISTENER_PATIENCE = Duration.ofSeconds(5);

  /// How long a run that stops waits for the bodies of its steps.
  public static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  /// How long what acts on the world may go on in a run that is being paused (D47).
  public static final Duration PAUSE_GRACE = Duration.ofSeconds(5);

  /// How long a paused run waits for what it has then stopped.
  public static final Duration KILL_PATIENCE = Duration.ofMillis(250);

  /// How often a process at work looks for control requests, which it must act on within a fifth of
  /// a second (D45).
  public static final Duration CONTROL_POLL = Duration.ofMillis(100);

  /// How often somebody who asked something of a run looks for what became of it.
  public static final Duration OUTCOME_POLL = Duration.ofMillis(20);

  /// Control requests that are read at once, and that wait for one run.
  public static final int CONTROL_PAGE = 1_000;

  /// How long a run that ends waits until those who asked something of it are told.
  public static final Duration CONTROL_PATIENCE = Duration.ofSeconds(2);

  /// How long the engine waits for its runs, and the journal for its writer, when they close.
  public static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  /// How long SQLite waits for another process that writes (D12).
  public static final Duration STORE_BUSY = Duration.ofSeconds(5);

  /// How long the journal waits for another process that writes, before its writes fail (D44).
  public static final Duration STORE_PATIENCE = Duration.ofMinutes(1);

  /// How long taking a run's lock is tried: a reader that looks whether it is free holds it for a
  /// moment.
  public static final Duration LOCK_PATIENCE = Duration.ofMillis(200);

  /// How often an owner says that it lives, where locks cannot say so (D41).
  public static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /// For how long an owner is believed to live that says so no more: three heartbeats.
  public static final Duration HEARTBEATS_MISSED = Duration.ofSeconds(15);

  /// Before any step has settled, one is expected to use this part of the budget: a twentieth.
  public static final int FIRST_ESTIMATE_PARTS = 20;

  /// How long processes may work on one run, unless its launch says otherwise (L102).
  public static final Duration DEADLINE = Duration.ofHours(12);

  /// The longest a script may wait for a moment or an answer: a leap year (L50).
  public static final Duration LONGEST_WAIT = Duration.ofDays(366);

  /// How often a run that waits for a moment looks at the clock, which may be put forward (D51).
  public static final Duration CLOCK_CHECK = Duration.ofMillis(500);

  /// What ends within this time is waited for, also where nobody watches.
  public static final Duration SHORT_WAIT = Duration.ofMinutes(1);

  /// Rests shorter than this count as work (L102).
  public static final Duration SHORTEST_REST = Duration.ofSeconds(1);

  /// How long a provider's limit is taken to last if nobody says (D54).
  public static final Duration PROBE_AFTER = Duration.ofMinutes(15);

  /// Budgets for parts of one run (L96).
  public static final int SUB_BUDGETS = 100_000;

  /// How deep forks may stand in one another.
  public static final int FORK_DEPTH = 64;

  /// Live values shorter than this many characters are too common to be found in text.
  public static final int SHORTEST_LIVE_VALUE = 6;

  /// The longest secret a pattern recognises as a whole, in characters.
  public static final int LONGEST_SECRET = 16_384;

  /// Fewest characters of a run id that a person may type.
  public static final int SHORTEST_RUN_PREFIX = 4;

  /// The largest file that is taken for an exported run or session.
  public static final long ARCHIVE_BYTES = 1L << 30;

  /// Streams after which a transaction that removes runs ends.
  public static final int ERASED_AT_ONCE = 200;

  /// How much of a value a message shows, in characters.
  public static final int SHOWN_VALUE = 200;

  private EngineLimits() {}
}
