package mimo.cli.command.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;
import mimo.agent.goal.Goal;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.session.GoalFact.Tests;
import mimo.cli.command.MaxWords;
import mimo.cli.command.Options;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.GoalOrder;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.session.TurnFollower.Following;
import mimo.cli.command.session.TurnFollower.Patience;
import mimo.cli.command.session.TurnFollower.Rigour;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `mimo run`: asks an agent one thing and prints its answer.
public final class RunCommand implements Subcommand {

  /// What of standard input goes with a prompt.
  private static final int MOST_INPUT_BYTES = 1 << 20;

  private static final String MAX = "--max";
  private static final String AS_CONFIGURED = "usual";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Setting setting;
  private final InputStream input;

  public RunCommand(Setting setting) {
    this(setting, System.in);
  }

  /// @param input what is appended to the message, unless it is a terminal
  public RunCommand(Setting setting, InputStream input) {
    this.setting = setting;
    this.input = input;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "run",
            "Ask an agent one thing, and print its answer.",
            "",
            "Works on the task until it is done, with the files of this folder. `mimo -p` is the"
                + " same.",
            "What standard input holds is appended to the message. Everything is written down: a"
                + " turn",
            "that was stopped in any way goes on with --continue. /NAME WORDS calls a prompt that"
                + " is",
            "kept in a file: mimo commands list.",
            "");
    spec.addPositional(Options.several("MSG", 0, "What to do; none to go on with what was asked."));
    spec.addOption(Options.flag("--continue", "Go on with the session used last in this folder."));
    spec.addOption(Options.text("--session", "ID", "Go on with this session."));
    spec.addOption(Options.flag("--fork", "Go on in a copy; the session stays as it is."));
    spec.addOption(
        Options.text("--model", "MODEL", "provider/id, an alias, or offline (needs no key)."));
    spec.addOption(Options.text("--agent", "AGENT", "Which agent works (default build)."));
    spec.addOption(files());
    spec.addOption(
        Options.text(
            "--output-schema",
            "JSON|FILE",
            "The JSON Schema the answer must fit: itself or a file."));
    spec.addOption(Options.text("--max-turns", "N", "Most requests to the model (default 200)."));
    BudgetWords.addTo(spec);
    addThoroughness(spec);
    spec.addOption(Options.flag("--wait", "Stay while a provider's usage limit holds."));
    spec.addOption(
        Options.flag("--trust", "Trust what this repository brings along, for this turn alone."));
    spec.addOption(
        Options.flag("--no-sandbox", "No walls around commands of agents, for this turn alone."));
    spec.addOption(
        Options.flag("--strict", "Exit 6 if any tool call was not permitted, not just the last."));
    spec.addOption(Options.flag("--quiet", "Nothing on stderr but errors."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Exit codes: 0 done; 1 failed; 2 bad flag or configuration; 4 the goal is not met, or",
            "nobody could tell; 5 turns or the budget used up; 6 tool calls were not permitted;",
            "75 waiting for a usage limit; 130 interrupted.",
            "",
            "Examples:",
            "  mimo run \"what does this project do?\" --model offline",
            "  git diff | mimo run \"review this change\" --model offline",
            "  mimo run --continue \"and the tests?\" --model offline");
    return spec;
  }

  /// How sure the user wants to be of what it does.
  private static void addThoroughness(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "--goal", "TEXT", "What has to be so before it may stop, as a judge sees it."));
    spec.addOption(checks());
    spec.addOption(
        Options.flag("--allow-test-changes", "The goal counts, too, with tests that it changed."));
    spec.addOption(max());
    spec.addOption(
        Options.text(
            "--max-policy",
            "POLICY",
            "With --max: always, or mutations for steps that want to change something."));
  }

  private static OptionSpec checks() {
    return OptionSpec.builder("--check")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel("CMD")
        .description("A command that must end with 0 for the goal; may be said more than once.")
        .build();
  }

  private static OptionSpec files() {
    return OptionSpec.builder("--file")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel("PATH")
        .description("Give a file of this folder along; may be said more than once.")
        .build();
  }

  /// A number is taken for itself only if it can be none of the message: a word of digits alone.
  private static OptionSpec max() {
    return OptionSpec.builder(MAX)
        .type(String.class)
        .arity("0..1")
        .paramLabel("N")
        .fallbackValue(AS_CONFIGURED)
        .preprocessor((rest, _, _, _) -> {
          if (rest.isEmpty() || !NUMBER.matcher(rest.peek()).matches()) {
            rest.push(AS_CONFIGURED);
          }
          return false;
        })
        .description("Max Mode: N candidates for each step, 2 to 9, of which one is chosen.")
        .build();
  }

  private @Nullable MaxMode max(ParseResult words) {
    var number = Options.text(words, MAX);
    var policy = Options.text(words, "--max-policy");
    if (number == null) {
      if (policy != null) {
        throw new CommandException("usage", "--max-policy goes with --max");
      }
      return null;
    }
    var usual = setting.sessions().get().max();
    return MaxWords.of(
        number.equals(AS_CONFIGURED) ? "" : number, policy == null ? "" : policy, usual);
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    if (words.hasMatchedOption("--trust")) {
      setting.trust().giveForNow();
    }
    if (words.hasMatchedOption("--no-sandbox")) {
      setting.sandbox().switchOff();
    }
    var patience = words.hasMatchedOption("--wait") ? Patience.WAITS : Patience.LEAVES;
    var rigour = words.hasMatchedOption("--strict") ? Rigour.STRICT : Rigour.USUAL;
    var following = new Following(Options.format(words), Options.noise(words), patience, rigour);
    try {
      return new TurnFollower(setting, following).follow(() -> order(words));
    } finally {
      setting.sessions().get().leave();
    }
  }

  private Order order(ParseResult words) {
    var turns = Options.number(words, "--max-turns", AgentLimits.TURNS);
    var from = from(words);
    var prompt = prompt(words);
    if (prompt.isBlank() && from instanceof From.Anew) {
      throw new CommandException("usage", "say what to do: mimo run MSG");
    }
    return new Order(
        from,
        Options.text(words, "--model"),
        Options.text(words, "--agent"),
        schema(Options.text(words, "--output-schema")),
        words.matchedOptionValue("--file", List.of()),
        turns == null ? AgentLimits.TURNS : turns,
        BudgetWords.of(words),
        prompt,
        Company.NONE,
        goal(words),
        max(words));
  }

  private static @Nullable GoalOrder goal(ParseResult words) {
    var condition = Options.text(words, "--goal");
    List<String> checks = words.matchedOptionValue("--check", List.of());
    boolean free = words.hasMatchedOption("--allow-test-changes");
    if (condition == null) {
      if (free || !checks.isEmpty()) {
        throw new CommandException("usage", "--check and --allow-test-changes go with --goal");
      }
      return null;
    }
    try {
      return new GoalOrder.Wanted(
          Goal.ofUser(condition, checks, free ? Tests.FREE : Tests.GUARDED));
    } catch (IllegalArgumentException unfit) {
      throw new CommandException("usage", "--goal: " + unfit.getMessage());
    }
  }

  private static From from(ParseResult words) {
    var named = Options.text(words, "--session");
    boolean latest = words.hasMatchedOption("--continue");
    boolean forks = words.hasMatchedOption("--fork");
    if (named != null && latest) {
      throw new CommandException("usage", "--continue and --session contradict");
    }
    var manner = forks ? Manner.IN_A_FORK : Manner.ITSELF;
    if (named != null) {
      return new From.Named(named, manner);
    }
    if (latest) {
      return new From.Latest(manner);
    }
    if (forks) {
      throw new CommandException("usage", "--fork goes with --continue or --session");
    }
    return new From.Anew();
  }

  private String prompt(ParseResult words) {
    var said = String.join(" ", Options.several(words));
    var piped = setting.terminal().input() == null ? standardInput() : "";
    return said.isBlank() || piped.isBlank() ? said + piped : said + "\n\n" + piped;
  }

  private String standardInput() {
    try {
      var bytes = input.readNBytes(MOST_INPUT_BYTES + 1);
      if (bytes.length > MOST_INPUT_BYTES) {
        throw new CommandException(
            "usage", "standard input is longer than " + MOST_INPUT_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandException("usage", "cannot read standard input: " + e.getMessage());
    }
  }

  /// The schema itself, or the file it is in: what begins with a brace names no file.
  private @Nullable String schema(@Nullable String given) {
    return given == null || given.stripLeading().startsWith("{")
        ? given
        : setting.scripts().text(given);
  }
}
