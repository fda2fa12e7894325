package mimo.agent;

/// Every limit of this room, by name. Hitting one is a value, told to whoever asked.
public final class AgentLimits {

  /// Requests to the model one agent may make (A7).
  public static final int TURNS = 200;

  /// Attempts after the first that a script may ask of one agent (L77).
  public static final int RETRIES = 10;

  /// Things that are told once in each run, such as a model's name that is not mapped.
  public static final int NOTICES = 1_000;

  /// Characters of one turn of a conversation that is kept, as JSON; a longer one cannot go on.
  public static final int KEPT_TURN_CHARS = 4 << 20;

  /// Characters of all turns of a conversation that goes on, as JSON.
  public static final int CONVERSATION_CHARS = 16 << 20;

  /// Read-only tool calls of one message that run side by side (A4).
  public static final int PARALLEL_READS = 8;

  /// Times a reply cut by the provider's output limit is continued (A30).
  public static final int CONTINUATIONS = 3;

  /// Times a reply without any content is asked for again (A30).
  public static final int EMPTY_RETRIES = 2;

  /// Answers a model may give until one must fit its schema (L90).
  public static final int ANSWER_ATTEMPTS = 5;

  /// Answers a model may give in a conversation until one must fit its schema: the first, and two
  /// more after it was told what is wrong (A66).
  public static final int CONVERSATION_ANSWERS = 3;

  /// Bytes of one file that is given along with a prompt.
  public static final int ATTACHED_BYTES = 256 * 1024;

  /// Files given along with one prompt.
  public static final int ATTACHED_FILES = 50;

  /// Tool calls taken from one reply; the rest are answered with an error.
  public static final int CALLS_PER_REPLY = 128;

  /// JSON text of one call's arguments.
  public static final int ARGUMENT_CHARS = 1 << 20;

  /// Milliseconds a stopped agent may take to tell its ends before it is left alone.
  public static final long STOP_GRACE_MILLIS = 200;

  /// Tool calls a step's report lists, the first and the last ones.
  public static final int REPORT_TOOLS = 60;

  /// Characters of a call's input in a report.
  public static final int REPORT_INPUT_CHARS = 200;

  /// Characters of the last text in a report.
  public static final int REPORT_TEXT_CHARS = 4_000;

  /// Lines one `read` shows (A42).
  public static final int READ_LINES = 2_000;

  /// Bytes of text one tool call returns (A42, A43).
  public static final int TOOL_OUTPUT_BYTES = 50 * 1024;

  /// Characters of one line that `read` shows.
  public static final int READ_LINE_CHARS = 2_000;

  /// Bytes `read` passes over to reach its offset.
  public static final long READ_SCAN_BYTES = 256L << 20;

  /// Entries of a folder that `read` shows at once.
  public static final int FOLDER_ENTRIES = 1_000;

  /// Paths one `glob` call returns.
  public static final int GLOB_PATHS = 1_000;

  /// Matches one `grep` call returns.
  public static final int GREP_MATCHES = 100;

  /// Characters of a matching line that `grep` shows.
  public static final int GREP_LINE_CHARS = 500;

  /// Bytes of one line that `grep` searches; what lies beyond is not searched.
  public static final int GREP_LINE_BYTES = 4 << 20;

  /// Levels JSON text may nest.
  public static final int JSON_DEPTH = 200;

  /// The largest exponent of a number in JSON text, either way.
  public static final int JSON_EXPONENT = 400;

  /// Bytes of a file that `grep` searches.
  public static final long GREP_FILE_BYTES = 64L << 20;

  /// Characters of a search pattern or glob.
  public static final int PATTERN_CHARS = 1_000;

  /// Alternatives a glob's braces may expand to.
  public static final int GLOB_ALTERNATIVES = 256;

  /// Files and folders one walk looks at.
  public static final int WALK_ENTRIES = 200_000;

  /// Folders inside folders that a walk enters.
  public static final int WALK_DEPTH = 64;

  /// Paths a script's `glob()` returns.
  public static final int SCRIPT_GLOB_PATHS = 50_000;

  /// Bytes a script's `readFile()` returns (L55).
  public static final int SCRIPT_FILE_BYTES = 4 << 20;

  /// Bytes of one `.gitignore` that are read.
  public static final int GITIGNORE_BYTES = 1 << 20;

  /// Characters of a path.
  public static final int PATH_CHARS = 4_096;

  /// Characters of an answer schema.
  public static final int SCHEMA_CHARS = 64 * 1024;

  /// Levels an answer schema may nest.
  public static final int SCHEMA_DEPTH = 32;

  /// Faults of one answer that are told to the model.
  public static final int ANSWER_FAULTS = 50;

  /// What the counted repetitions of a `pattern` may multiply to.
  public static final int PATTERN_REPEATS = 10_000;

  /// Files the offline model reads (A23).
  public static final int OFFLINE_READS = 5;

  /// Words of a prompt that the offline model tries as paths.
  public static final int OFFLINE_WORDS = 2_000;

  /// Characters of a cassette.
  public static final int CASSETTE_CHARS = 16 << 20;

  /// Calls in a block that the loop guard looks for (A58).
  public static final int GUARD_PERIOD = 10;

  /// How often a block with the same results must come for the loop guard to act.
  public static final int GUARD_REPEATS = 3;

  /// How often one with changing results must come.
  public static final int GUARD_POLLS = 30;

  private AgentLimits() {}
}
