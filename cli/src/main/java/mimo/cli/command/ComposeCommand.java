package mimo.cli.command;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo compose`: runs a workflow script.
final class ComposeCommand implements Subcommand {

  private static final int MOST_CONCURRENT = 10_000;
  private static final int MOST_AGENTS = 100_000;
  private static final Pattern BUDGET = Pattern.compile("\\d+(\\.\\d+)?([kKmM]|usd|USD)?");

  private static final Set<String> DIALECTS = Set.of("claude", "mimocode", "odw");

  private final Setting setting;

  ComposeCommand(Setting setting) {
    this.setting = setting;
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
            "  mimo compose review.js --args '{\"path\": \"src\", \"depth\": 2}' --json");
    return spec;
  }

  private static void addOptions(CommandSpec spec) {
    spec.addOption(Options.text("--args", "JSON", "Arguments as one JSON value."));
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
            "--dialect", "NAME", "Habits of the script: claude, mimocode or odw (else its own)."));
    spec.addOption(
        Options.text("--output", "FILE", "Write a text result to this file too; - for no file."));
    spec.addOption(Options.flag("--strict", "Exit with 3 if any agent was lost."));
    spec.addOption(Options.flag("--allow-losses", "Exit with 0 even if agents were lost."));
    spec.addOption(Options.flag("--quiet", "No progress and no colour on stderr."));
    Options.addFormat(spec);
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var launch = launch(words);
    var options = new FollowOptions(Options.format(words), Options.noise(words), losses(words));
    return new RunFollower(setting, options)
        .follow(List.of(), audience -> setting.runs().get().start(launch, audience));
  }

  private Launch launch(ParseResult words) {
    List<String> arguments = words.matchedPositionalValue(1, List.<String>of());
    var concurrency = Options.number(words, "--concurrency", MOST_CONCURRENT);
    var maxAgents = Options.number(words, "--max-agents", MOST_AGENTS);
    return new Launch(
        setting.scripts().find(words.matchedPositionalValue(0, "")),
        ScriptArguments.parse(Options.text(words, "--args"), arguments),
        Options.text(words, "--model"),
        concurrency,
        budget(words),
        maxAgents,
        dialect(words),
        Options.text(words, "--output"));
  }

  private static @Nullable String dialect(ParseResult words) {
    var dialect = Options.text(words, "--dialect");
    if (dialect != null && !DIALECTS.contains(dialect)) {
      throw new CommandException(
          "usage", "--dialect is claude, mimocode or odw; found '" + dialect + "'");
    }
    return dialect;
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

  static LossPolicy losses(ParseResult words) {
    boolean strict = words.hasMatchedOption("--strict");
    boolean allow = words.hasMatchedOption("--allow-losses");
    if (strict && allow) {
      throw new CommandException("usage", "--strict and --allow-losses contradict");
    }
    return strict ? LossPolicy.STRICT : allow ? LossPolicy.ALLOW : LossPolicy.USUAL;
  }
}
