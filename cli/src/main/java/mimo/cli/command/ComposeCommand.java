package mimo.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.config.Span;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo compose`: runs a workflow script.
public final class ComposeCommand implements Subcommand {

  private static final int MOST_CONCURRENT = 10_000;
  private static final int MOST_AGENTS = 100_000;
  private static final int MOST_ITEMS = 100_000;
  private static final Pattern BUDGET = Pattern.compile("\\d+(\\.\\d+)?([kKmM]|usd|USD)?");

  /// What a script's arguments may have, as any value that crosses into it (L105).
  private static final int MOST_ARGUMENT_BYTES = 4 * 1024 * 1024;

  private final Setting setting;
  private final InputStream input;

  public ComposeCommand(Setting setting) {
    this(setting, System.in);
  }

  /// @param input where `--args -` reads
  public ComposeCommand(Setting setting, InputStream input) {
    this.setting = setting;
    this.input = input;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "compose",
            "Run a workflow script.",
            "",
            "Runs a JavaScript workflow that splits work among agents. Each step is written down",
            "before anything acts on it: a run that was stopped in any way goes on with",
            "`mimo runs resume`.",
            "");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel("FILE|NAME")
            .description("A script, or the name of a built-in workflow.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("name=value")
            .description("Arguments of the script, all strings.")
            .build());
    addOptions(spec);
    spec.usageMessage()
        .footer(
            "",
            "Exit codes: 0 done; 1 failed; 2 bad flag or configuration; 3 done, but agents were",
            "lost; 5 budget used up; 75 waiting; 130 interrupted. 3 becomes 0 on a terminal.",
            "",
            "Examples:",
            "  mimo compose repo-map dir=. --model offline",
            "  mimo compose review.js path=src --budget 200k --concurrency 8",
            "  mimo compose review.js --args '{\"path\": \"src\", \"depth\": 2}' --json",
            "  mimo compose review.js --args @review.json --dry-run");
    return spec;
  }

  private static void addOptions(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "--args", "JSON", "Arguments as one JSON value; @FILE from a file, - from stdin."));
    spec.addOption(
        Options.text("--model", "MODEL", "provider/id, an alias, or offline (needs no key)."));
    spec.addOption(
        Options.text("--concurrency", "N", "How many agents work at once (default 16)."));
    spec.addOption(
        Options.text("--budget", "AMOUNT", "Most to spend: tokens (200k) or money (1.5usd)."));
    spec.addOption(
        Options.text("--max-agents", "N", "Most agents the run may start (default 1000)."));
    spec.addOption(
        Options.text(
            "--max-items", "N", "Most members of one parallel, pipeline or dag (default 4096)."));
    spec.addOption(
        Options.text(
            "--deadline", "TIME", "Longest the run may work: 90m, 12h (the default), 2d."));
    spec.addOption(
        Options.text(
            "--dialect",
            "DIALECT",
            "Habits of the script: claude, mimocode or odw (else its own)."));
    spec.addOption(
        Options.text("--output", "FILE", "Write a text result to this file too; - for no file."));
    spec.addOption(
        Options.flag(
            "--dry-run", "Show what would be asked, with made-up answers; spend nothing."));
    spec.addOption(
        Options.text("--answers", "FILE", "With --dry-run: answers by label, as a JSON object."));
    spec.addOption(
        Options.flag("--strict", "Exit with 3 if any agent was lost; refuse unknown model names."));
    spec.addOption(Options.flag("--allow-losses", "Exit with 0 even if agents were lost."));
    Presence.add(spec);
    spec.addOption(
        Options.flag("--trust", "Trust what this repository brings along, for this run alone."));
    GrantPolicy.add(spec);
    spec.addOption(Options.flag("--quiet", "No progress and no colour on stderr."));
    Options.addFormat(spec);
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var launch = launch(words);
    if (words.hasMatchedOption("--dry-run")) {
      return dryRun(launch, words);
    }
    if (words.hasMatchedOption("--answers")) {
      throw new CommandException("usage", "--answers goes with --dry-run");
    }
    var options =
        new FollowOptions(
            Options.format(words),
            Options.noise(words),
            LossPolicy.of(words),
            Presence.of(words),
            GrantPolicy.of(words));
    return new RunFollower(setting, options)
        .follow(List.of(), audience -> setting.runs().get().start(launch, audience));
  }

  private ExitCode dryRun(Launch launch, ParseResult words) throws InterruptedException {
    var file = Options.text(words, "--answers");
    var answers = file == null ? null : setting.scripts().text(file);
    var report = setting.runs().get().dryRun(launch, answers);
    var printer = new DryRunPrinter(report);
    if (Options.format(words) == Format.TEXT) {
      printer.lines().forEach(setting::say);
    } else {
      setting.say(printer.json());
    }
    var failure = report.failure();
    if (failure == null) {
      return ExitCode.OK;
    }
    if (Options.format(words) == Format.TEXT) {
      throw new CommandException(failure);
    }
    return ErrorTable.load().find(failure.code()).exit();
  }

  private Launch launch(ParseResult words) {
    if (words.hasMatchedOption("--trust")) {
      setting.trust().giveForNow();
    }
    List<String> arguments = words.matchedPositionalValue(1, List.<String>of());
    var size =
        new Launch.Size(
            Options.number(words, "--concurrency", MOST_CONCURRENT),
            Options.number(words, "--max-agents", MOST_AGENTS),
            Options.number(words, "--max-items", MOST_ITEMS));
    return new Launch(
        setting.scripts().find(words.matchedPositionalValue(0, "")),
        ScriptArguments.parse(json(Options.text(words, "--args")), arguments),
        Options.text(words, "--model"),
        budget(words),
        size,
        Options.dialect(words),
        deadline(words),
        words.hasMatchedOption("--strict") ? Launch.Models.KNOWN : Launch.Models.ANY,
        Options.text(words, "--output"));
  }

  /// The JSON itself, or where it is: JSON never begins with `@`, and `-` alone is none.
  private @Nullable String json(@Nullable String args) {
    if (args == null) {
      return null;
    }
    if (args.equals("-")) {
      return standardInput();
    }
    return args.startsWith("@") ? setting.scripts().text(args.substring(1)) : args;
  }

  private String standardInput() {
    try {
      var bytes = input.readNBytes(MOST_ARGUMENT_BYTES + 1);
      if (bytes.length > MOST_ARGUMENT_BYTES) {
        throw new CommandException(
            "value_too_large",
            "the arguments on standard input are longer than " + MOST_ARGUMENT_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandException("args_invalid", "cannot read standard input: " + e.getMessage());
    }
  }

  private static @Nullable Duration deadline(ParseResult words) {
    var text = Options.text(words, "--deadline");
    return text == null
        ? null
        : Span.parse(text)
            .orElseThrow(() ->
                new CommandException(
                    "usage", "--deadline is " + Span.WANTED + "; found '" + text + "'"));
  }

  private static @Nullable String budget(ParseResult words) {
    var budget = Options.text(words, "--budget");
    if (budget != null && !BUDGET.matcher(budget).matches()) {
      throw new CommandException(
          "usage",
          "--budget is tokens such as 200k, or money such as 1.5usd; found '" + budget + "'");
    }
    return budget;
  }
}
