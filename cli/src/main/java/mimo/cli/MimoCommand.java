package mimo.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import mimo.cli.chat.LineMode;
import mimo.cli.command.AuthCommand;
import mimo.cli.command.CompletionCommand;
import mimo.cli.command.ComposeCommand;
import mimo.cli.command.ConfigCommand;
import mimo.cli.command.DoctorCommand;
import mimo.cli.command.ModelsCommand;
import mimo.cli.command.Options;
import mimo.cli.command.PermissionCommand;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.command.Setting;
import mimo.cli.command.Setting.Noise;
import mimo.cli.command.Subcommand;
import mimo.cli.command.TestCommand;
import mimo.cli.command.TrustCommand;
import mimo.cli.command.checkpoint.CheckpointCommand;
import mimo.cli.command.daemon.DaemonCommand;
import mimo.cli.command.extension.CommandsCommand;
import mimo.cli.command.extension.HooksCommand;
import mimo.cli.command.extension.SkillsCommand;
import mimo.cli.command.mcp.McpCommand;
import mimo.cli.command.memory.MemoryCommand;
import mimo.cli.command.runs.RunsCommand;
import mimo.cli.command.session.GoalCommand;
import mimo.cli.command.session.RunCommand;
import mimo.cli.command.session.SessionsCommand;
import mimo.cli.command.session.StatsCommand;
import mimo.cli.command.workflows.WorkflowsCommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Failure;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.ErrorPrinter;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `mimo`: finds the command that is meant, runs it, and turns what is thrown into an error people
/// can read and an exit code.
public final class MimoCommand {

  private static final List<String> HELP = List.of("-h", "--help", "help");
  private static final List<String> TALKING =
      List.of("--continue", "--session", "--model", "--agent");

  private final Setting setting;
  private final SequencedMap<String, Supplier<Subcommand>> commands = new LinkedHashMap<>();

  public MimoCommand(Setting setting) {
    this.setting = setting;
    commands.put("run", () -> new RunCommand(setting));
    commands.put("compose", () -> new ComposeCommand(setting));
    commands.put("runs", () -> new RunsCommand(setting));
    commands.put("sessions", () -> new SessionsCommand(setting));
    commands.put("memory", () -> new MemoryCommand(setting));
    commands.put("checkpoint", () -> new CheckpointCommand(setting));
    commands.put("goal", () -> new GoalCommand(setting));
    commands.put("daemon", () -> new DaemonCommand(setting));
    commands.put("test", () -> new TestCommand(setting));
    commands.put("workflows", () -> new WorkflowsCommand(setting));
    commands.put("skills", () -> new SkillsCommand(setting));
    commands.put("commands", () -> new CommandsCommand(setting));
    commands.put("hooks", () -> new HooksCommand(setting));
    commands.put("models", () -> new ModelsCommand(setting));
    commands.put("auth", () -> new AuthCommand(setting));
    commands.put("config", () -> new ConfigCommand(setting));
    commands.put("permission", () -> new PermissionCommand(setting));
    commands.put("mcp", () -> new McpCommand(setting));
    commands.put("trust", () -> new TrustCommand(setting));
    commands.put("stats", () -> new StatsCommand(setting));
    commands.put("doctor", () -> new DoctorCommand(setting));
    commands.put("completion", () -> new CompletionCommand(setting, this::all));
  }

  /// Runs the command these words mean.
  public ExitCode run(List<String> line) {
    var words = spelledOut(line);
    var exit = exit(words);
    return setting.terminal().out().checkError() ? unheard(exit) : exit;
  }

  /// `mimo -p` is what other agents call it.
  private static List<String> spelledOut(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("-p")) {
      return words;
    }
    var spelled = new ArrayList<>(words);
    spelled.set(0, "run");
    return spelled;
  }

  /// A result that reached nobody is no success, whatever the command made of it.
  private ExitCode unheard(ExitCode exit) {
    var failure =
        new Failure("output_failed", "standard output cannot be written", null, null, null);
    var style = setting.terminal().errStyle(setting.environment());
    new ErrorPrinter(ErrorTable.load(), style)
        .lines(failure)
        .forEach(line -> setting.terminal().err().print(line + "\n"));
    return ExitCode.of(List.of(exit, ExitCode.FAILURE));
  }

  private ExitCode exit(List<String> words) {
    try {
      return dispatch(words);
    } catch (CommandException e) {
      return fail(e.failure(), words);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(new Failure("interrupted", "stopped before its end", null, null, null), words);
    } catch (RuntimeException e) {
      // The last boundary: a defect is told like any other error, and where it happened.
      return fail(new Failure("internal", e + origin(e), null, null, null), words);
    }
  }

  private static String origin(RuntimeException defect) {
    return Arrays.stream(defect.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("mimo."))
        .findFirst()
        .map(frame -> " (at " + frame + ")")
        .orElse("");
  }

  private ExitCode dispatch(List<String> words) throws InterruptedException {
    // Only the command that is named is built: the others would cost each start.
    var command = words.isEmpty() ? null : commands.get(words.getFirst());
    if (command == null) {
      return withoutCommand(words);
    }
    var subcommand = command.get();
    var line = new CommandLine(root().addSubcommand(words.getFirst(), subcommand.spec()));
    var parsed = parse(line, words);
    var deepest = deepest(parsed);
    if (deepest.isUsageHelpRequested()) {
      setting.terminal().out().print(deepest.commandSpec().commandLine().getUsageMessage(Ansi.OFF));
      return ExitCode.OK;
    }
    return subcommand.run(parsed.subcommand());
  }

  private ExitCode withoutCommand(List<String> words) throws InterruptedException {
    if (words.isEmpty() ? !LineMode.isPossible(setting) : HELP.contains(words.getFirst())) {
      setting.terminal().out().print(new CommandLine(all()).getUsageMessage(Ansi.OFF));
      return words.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
    if (words.isEmpty() || isTalk(words.getFirst())) {
      return talk(parse(new CommandLine(root()), words));
    }
    var word = words.getFirst();
    if (List.of("--version", "-V").contains(word)) {
      throw new CommandException("usage", word + " takes nothing behind it");
    }
    var kind = word.startsWith("-") ? "option" : "command";
    var known =
        word.startsWith("-")
            ? List.copyOf(root().optionsMap().keySet())
            : List.copyOf(commands.keySet());
    throw new CommandException(
        "usage", "there is no " + kind + " '" + word + "'" + Nearest.hint(word, known));
  }

  /// What has a space in it is no command, but something to be said.
  private static boolean isTalk(String word) {
    var option = word.replaceFirst("=.*", "");
    return word.indexOf(' ') > 0 || TALKING.contains(option);
  }

  private ExitCode talk(ParseResult words) throws InterruptedException {
    if (!LineMode.isPossible(setting)) {
      throw new CommandException(
          "usage", "a conversation needs a terminal; without one, ask by mimo run MSG");
    }
    var session = Options.text(words, "--session");
    if (session != null && words.hasMatchedOption("--continue")) {
      throw new CommandException("usage", "--continue and --session contradict");
    }
    var from =
        session != null
            ? new From.Named(session, Manner.ITSELF)
            : words.hasMatchedOption("--continue")
                ? new From.Latest(Manner.ITSELF)
                : new From.Anew();
    var said = String.join(" ", Options.several(words));
    return new LineMode(setting)
        .run(
            new LineMode.Start(
                from,
                Options.text(words, "--model"),
                Options.text(words, "--agent"),
                said.isBlank() ? null : said));
  }

  /// Every command there is.
  private CommandSpec all() {
    var spec = root();
    commands.forEach((name, command) -> spec.addSubcommand(name, command.get().spec()));
    return spec;
  }

  private static CommandSpec root() {
    var spec =
        Options.command(
            "mimo", "Split work among agents with small JavaScript programs, durably.", "");
    spec.addPositional(Options.several("PROMPT", 0, "Talk with an agent, beginning with this."));
    spec.addOption(Options.flag("--continue", "Talk on in the session used last in this folder."));
    spec.addOption(Options.text("--session", "ID", "Talk on in this session."));
    spec.addOption(Options.text("--model", "MODEL", "Talk with this model."));
    spec.addOption(Options.text("--agent", "AGENT", "Talk with this agent (default build)."));
    spec.addOption(Options.flag("--version", "Show which mimo this is."));
    spec.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .footer(
            "",
            "Start with:",
            "  mimo run \"what does this project do?\" --model offline",
            "  mimo compose repo-map dir=. --model offline",
            "  mimo COMMAND --help",
            "  mimo install      links this mimo into ~/.local/bin");
    return spec;
  }

  private static ParseResult parse(CommandLine line, List<String> words) {
    // `--args @file` is ours to read.
    line.setExpandAtFiles(false);
    try {
      return line.parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.UnmatchedArgumentException e) {
      var spec = e.getCommandLine().getCommandSpec();
      var unmatched = e.getUnmatched().getFirst();
      var known =
          unmatched.startsWith("-")
              ? List.copyOf(spec.optionsMap().keySet())
              : List.copyOf(spec.subcommands().keySet());
      throw new CommandException(
          "usage",
          spec.qualifiedName()
              + " does not take '"
              + unmatched
              + "'"
              + Nearest.hint(unmatched.replaceFirst("=.*", ""), known));
    } catch (ParameterException e) {
      throw new CommandException(
          "usage", e.getCommandLine().getCommandSpec().qualifiedName() + ": " + e.getMessage());
    }
  }

  private static ParseResult deepest(ParseResult parsed) {
    var deepest = parsed;
    for (var sub = parsed.subcommand(); sub != null; sub = sub.subcommand()) {
      deepest = sub;
    }
    return deepest;
  }

  /// Shows a failure in the format that was asked for, even where the words could not be parsed.
  private ExitCode fail(Failure failure, List<String> words) {
    int json = words.indexOf("--format") + 1;
    var wanted = json > 0 && json < words.size() ? words.get(json) : "";
    var format =
        words.contains("--json") || wanted.equals("json") || words.contains("--format=json")
            ? Format.JSON
            : wanted.equals("stream-json") || words.contains("--format=stream-json")
                ? Format.STREAM_JSON
                : Format.TEXT;
    setting.printer(format, Noise.USUAL).print(Outcome.of(failure), 0);
    return ErrorTable.load().find(failure.code()).exit();
  }
}
