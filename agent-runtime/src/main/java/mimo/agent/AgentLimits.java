package mimo.agent;

import java.time.Duration;

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

  /// Characters of a tool's description that `tools` shows.
  public static final int FOUND_TOOL_CHARS = 4_000;

  /// Subagents of one session that work at once.
  public static final int SUBAGENTS = 8;

  /// Subagents of one session, whatever they do.
  public static final int SUBAGENTS_KNOWN = 200;

  /// Levels of subagents, if the user wants more than one (A41).
  public static final int SUBAGENT_DEPTH = 3;

  /// Messages that wait for one subagent to be done with what it works on.
  public static final int SUBAGENT_MESSAGES = 16;

  /// Seconds one call waits for subagents or for a workflow (A42).
  public static final int AWAITED_SECONDS = 600;

  /// Runs of workflows that one session has started and this process works on.
  public static final int WORKFLOWS = 4;

  /// How long the end of a session waits for its workflows to be paused.
  public static final Duration WORKFLOW_PAUSE = Duration.ofSeconds(5);

  /// Characters of what comes in by itself: its beginning and its end.
  public static final int ARRIVAL_CHARS = 40_000;

  /// Times a reply cut by the provider's output limit is continued (A30).
  public static final int CONTINUATIONS = 3;

  /// Times a reply is asked for again that is empty, or whose calls nobody can read.
  public static final int EMPTY_RETRIES = 1;

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

  /// Bytes of a file that a tool changes, and so of one whose reading counts (A47).
  public static final int CHANGED_FILE_BYTES = 8 << 20;

  /// Files one session is known to have read; the one read longest ago is forgotten first (A47).
  public static final int READINGS = 10_000;

  /// Milliseconds a change of a file waits for another one to be done with it (A47).
  public static final long FILE_LOCK_MILLIS = 10_000;

  /// Edits of one `multiedit` call.
  public static final int EDITS = 200;

  /// Bytes of a file in which an edit looks for text that is merely like the old one (A46).
  public static final int LENIENT_EDIT_BYTES = 1 << 20;

  /// Characters of the closest text that an edit without a match shows (A46).
  public static final int CLOSEST_CHARS = 2_000;

  /// Lines of a file among which the closest text is looked for.
  public static final int CLOSEST_LINES = 50_000;

  /// Line numbers that an edit with too many matches names.
  public static final int MATCH_LINES = 20;

  /// Lines of a change that its result shows.
  public static final int DIFF_LINES = 80;

  /// Characters of one line of a change that its result shows.
  public static final int DIFF_LINE_CHARS = 300;

  /// Lines of either side that are compared one by one to show a change.
  public static final int DIFF_COMPARED_LINES = 1_000;

  /// Lines of one tool call's output; of more, head and tail are kept (A43).
  public static final int TOOL_OUTPUT_LINES = 2_000;

  /// Bytes of one output that go to its file; what comes after is counted only (A43).
  public static final long SPILL_BYTES = 64L << 20;

  /// Days the full text of an output is kept (A43).
  public static final int SPILL_DAYS = 7;

  /// Files with outputs that one start looks at to remove old ones.
  public static final int SPILL_FILES = 10_000;

  /// Characters of an output that are cleaned of secrets at once.
  public static final int SPILL_PIECE_CHARS = 64 * 1024;

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

  /// Bytes a script's `writeFile()` takes (L56).
  public static final int SCRIPT_WRITE_BYTES = 4 << 20;

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

  /// Bytes of all instructions of files that one session is told (A36).
  public static final int INSTRUCTION_BYTES = 48 * 1024;

  /// How deep files of instructions import one another.
  public static final int INSTRUCTION_IMPORT_DEPTH = 5;

  /// Characters of a URL that is fetched.
  public static final int FETCH_URL_CHARS = 4_096;

  /// Seconds a page may take to be there whole, unless the call says otherwise (A42).
  public static final int FETCH_SECONDS = 30;

  /// Seconds a call of `webfetch` may ask for.
  public static final int FETCH_MOST_SECONDS = 120;

  /// Milliseconds a connection to a web server may take.
  public static final int FETCH_CONNECT_MILLIS = 10_000;

  /// Milliseconds a web server may say nothing.
  public static final int FETCH_IDLE_MILLIS = 20_000;

  /// Redirects of one page that are followed.
  public static final int FETCH_REDIRECTS = 5;

  /// Bytes of a page that are taken.
  public static final int FETCH_BYTES = 5 << 20;

  /// Characters of a page that a model gets to read: its beginning and its end.
  public static final int FETCH_CHARS = 40_000;

  /// Tasks one session may list.
  public static final int TASKS = 1_000;

  /// Levels tasks may nest.
  public static final int TASK_DEPTH = 8;

  /// Characters of a task's title.
  public static final int TASK_TITLE_CHARS = 200;

  /// Characters of a question to the user, and of each answer to choose from.
  public static final int QUESTION_CHARS = 4_000;

  /// Answers a question may offer.
  public static final int QUESTION_OPTIONS = 20;

  /// Files the offline model reads (A23).
  public static final int OFFLINE_READS = 5;

  /// Words of a prompt that the offline model tries as paths.
  public static final int OFFLINE_WORDS = 2_000;

  /// Seconds a command of `bash` may take where nothing else is said.
  public static final int COMMAND_SECONDS = 120;

  /// Seconds a command of `bash` may take at most.
  public static final int COMMAND_SECONDS_MOST = 600;

  /// Milliseconds between asking a command to end and ending it (A44).
  public static final long COMMAND_GRACE_MILLIS = 5_000;

  /// Milliseconds waited for the last output of a command that has ended.
  public static final long COMMAND_DRAIN_MILLIS = 1_000;

  /// Characters of a command line.
  public static final int COMMAND_CHARS = 100_000;

  /// Commands a session has running in the background at once.
  public static final int BACKGROUND_JOBS = 8;

  /// Background jobs a session remembers, running or ended.
  public static final int REMEMBERED_JOBS = 64;

  /// Days for which states of a workspace's files are kept.
  public static final int SNAPSHOT_DAYS = 30;

  /// Bytes of standard output taken from one call of git.
  public static final int GIT_OUTPUT_BYTES = 64 << 20;

  /// Bytes of what git says on standard error.
  public static final int GIT_ERROR_BYTES = 16 * 1024;

  /// Seconds one call of git may take.
  public static final int GIT_SECONDS = 120;

  /// Bytes of a file that a snapshot takes; a larger one is left out (A64).
  public static final long SNAPSHOT_FILE_BYTES = 10_000_000;

  /// Files left out that a snapshot names.
  public static final int SNAPSHOT_EXCLUDED = 1_000;

  /// Files looked through for those a rule denies, before each command; with more, none runs.
  public static final int DENIED_WALK = 200_000;

  /// Changed files one snapshot takes; in a folder with more, turns cannot be undone.
  public static final int SNAPSHOT_FILES = 100_000;

  /// Bytes of changed files one snapshot takes; where there are more, turns cannot be undone.
  public static final long SNAPSHOT_BYTES = 2_000_000_000L;

  /// Characters of a cassette.
  public static final int CASSETTE_CHARS = 16 << 20;

  /// Characters of a command line that is read for its commands (A55).
  public static final int SHELL_CHARS = 64 * 1024;

  /// Levels that commands of one command line may nest and wrap one another.
  public static final int SHELL_DEPTH = 32;

  /// Commands of one command line; more are denied (A55).
  public static final int SHELL_COMMANDS = 50;

  /// Permissions that are kept for one workspace because somebody said "always".
  public static final int GRANTS = 1_000;

  /// Bytes of the file that keeps them.
  public static final int GRANT_BYTES = 1 << 20;

  /// Permissions a script may ask for at the launch of a run; of one with more, all are denied
  /// (L7).
  public static final int REQUESTED_PERMISSIONS = 100;

  /// Characters of a pattern a script asks for.
  public static final int REQUESTED_PATTERN_CHARS = 300;

  /// Submodules of a repository that commands can commit to; those beyond are read-only (A60).
  public static final int GUARDED_MODULES = 50;

  /// Worktrees whose names begin alike.
  public static final int WORKTREE_NAMES = 1_000;

  /// Paths that changed in a worktree and are told.
  public static final int WORKTREE_CHANGES = 1_000;

  /// Seconds a hook may take where its configuration says nothing (A88).
  public static final int HOOK_SECONDS = 30;

  /// Seconds a hook may take at most.
  public static final int HOOK_SECONDS_MOST = 600;

  /// Bytes a hook may say (A86).
  public static final int HOOK_OUTPUT_BYTES = 50 * 1024;

  /// Characters of a reason or a context of one hook that are told.
  public static final int HOOK_CONTEXT_CHARS = 10_000;

  /// How often hooks may refuse the end of one turn (A87).
  public static final int HOOK_STOPS = 3;

  /// Hooks of one event, or of one file of settings.
  public static final int HOOKS = 100;

  /// Bytes of the list of skills that models are told of (A37).
  public static final int SKILL_LIST_BYTES = 2 * 1024;

  /// Characters of a skill's name.
  public static final int SKILL_NAME_CHARS = 64;

  /// Characters of a skill's description.
  public static final int SKILL_DESCRIPTION_CHARS = 1_024;

  /// Characters of a file that is a skill, or of one beside it.
  public static final int SKILL_CHARS = 256 * 1024;

  /// Skills, and as many files beside one, that are looked at.
  public static final int SKILLS = 500;

  /// Characters of a file that is a command.
  public static final int PROMPT_COMMAND_CHARS = 64 * 1024;

  /// Characters of a prompt that a command makes.
  public static final int PROMPT_CHARS = 1 << 20;

  /// Files that one command brings in.
  public static final int PROMPT_FILES = 20;

  /// Milliseconds a program that is spoken with has to end by itself, and again once it is asked
  /// to.
  public static final long DIALOGUE_GRACE_MILLIS = 2_000;

  /// Tools found that `tools` shows with their arguments; of more, it shows a line each.
  public static final int FOUND_TOOLS_WHOLE = 20;

  /// Servers that the description of `tools` names.
  public static final int NAMED_SOURCES = 8;

  /// Bytes of one file of the memory.
  public static final int MEMORY_FILE_BYTES = 4 << 20;

  /// Files of the memory, in one folder and in all.
  public static final int MEMORY_FILES = 20_000;

  /// Milliseconds a write of the memory waits for others.
  public static final long MEMORY_LOCK_MILLIS = 10_000;

  /// Processes that wait in turn to write the memory; one more waits for a place among them.
  public static final int MEMORY_LOCK_PLACES = 16;

  /// Tries of one write of the memory to come between the edits of somebody else.
  public static final int MEMORY_ROUNDS = 50;

  /// Versions of a file of the memory that are kept (M21).
  public static final int MEMORY_VERSIONS = 30;

  /// Lines of a file's log before it is written anew.
  public static final int MEMORY_LOG_LINES = 1_000;

  /// Pairs of blocks that are compared for a merge; larger changes are taken as one.
  public static final int MEMORY_MERGE_CELLS = 4_000_000;

  /// Characters an agent may note at once.
  public static final int MEMORY_NOTE_CHARS = 8_000;

  /// Tokens of what a session is told of the memory at its start (M22).
  public static final int MEMORY_DIGEST_TOKENS = 2_000;

  /// Characters of a section that are found as one; a longer one is found in parts.
  public static final int MEMORY_SECTION_CHARS = 1_600;

  /// Sections a search of the memory gives where nobody says how many (M16).
  public static final int MEMORY_RESULTS = 10;

  /// Sections it gives at most.
  public static final int MEMORY_RESULTS_MOST = 50;

  /// Words of a query that count.
  public static final int MEMORY_QUERY_TERMS = 64;

  /// Sections of an index that is checked as a whole when it is opened.
  public static final int MEMORY_CHECKED_SECTIONS = 2_000;

  /// Milliseconds the index waits for another process that writes it.
  public static final int MEMORY_INDEX_MILLIS = 5_000;

  /// Characters of the memory and of what was said that a model is shown to tidy the memory (M24).
  public static final int DREAM_CHARS = 120_000;

  /// Characters of each thing said that it is shown.
  public static final int DREAM_SAID_CHARS = 1_500;

  /// Changes one proposal may hold.
  public static final int DREAM_CHANGES = 50;

  /// Entries of the memory that are compared with one another.
  public static final int DREAM_ENTRIES = 1_000;

  /// Tokens of a model's answer to that, and of one that proposes skills and commands.
  public static final int DREAM_OUTPUT_TOKENS = 16_000;

  /// Characters of what was said and done, and of the skills and commands there are, that a model
  /// is shown to propose others (M24).
  public static final int DISTILL_CHARS = 160_000;

  /// Of these, characters of the skills and commands there are.
  public static final int DISTILL_KNOWN_CHARS = 40_000;

  /// Characters of each thing said or done that it is shown.
  public static final int DISTILL_SAID_CHARS = 1_500;

  /// Skills and commands one proposal may hold.
  public static final int DISTILL_DRAFTS = 5;

  /// Characters of the text of each.
  public static final int DISTILL_TEXT_CHARS = 8_000;

  /// Characters of each quote that a proposed skill or command rests on.
  public static final int DISTILL_QUOTE_CHARS = 400;

  /// Things done again and again that a model is told of.
  public static final int DISTILL_REPEATS = 40;

  /// Runs of workflows that are looked at for it, the newest first.
  public static final int DISTILL_RUNS = 200;

  /// Proposals of one project that are kept; of the settled ones the oldest go first.
  public static final int MEMORY_PROPOSALS = 50;

  /// Bytes of what `history` gives (M20).
  public static final int HISTORY_BYTES = 20 * 1024;

  /// Sessions that `history` looks through, the one used last first.
  public static final int HISTORY_SESSIONS = 500;

  /// Entries of all of them.
  public static final int HISTORY_ENTRIES = 200_000;

  private AgentLimits() {}
}
