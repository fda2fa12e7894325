package mimo.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.agent.checkpoint.Section;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.cli.command.Inspection.Servers;
import mimo.cli.completion.CommandWords;
import mimo.cli.completion.CommandWords.Values;
import mimo.cli.completion.Shell;
import mimo.cli.config.ConfigKeys;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo completion`: prints the script that teaches a shell mimo's words.
public final class CompletionCommand implements Subcommand {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./@-]*");

  private final Setting setting;
  private final Supplier<CommandSpec> all;

  /// @param all the whole command line
  public CompletionCommand(Setting setting, Supplier<CommandSpec> all) {
    this.setting = setting;
    this.all = all;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "completion",
            "Print the completion script for a shell.",
            "",
            "The script holds all words itself: completing starts no process.",
            "");
    spec.addPositional(Options.required("SHELL", "bash, zsh or fish."));
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  source <(mimo completion bash)",
            "  mimo completion fish > ~/.config/fish/completions/mimo.fish");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var name = words.matchedPositionalValue(0, "");
    var names = Arrays.stream(Shell.values()).map(Shell::word).toList();
    var shell =
        Arrays.stream(Shell.values())
            .filter(candidate -> candidate.word().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new CommandException(
                    "usage",
                    "SHELL is one of "
                        + String.join(", ", names)
                        + "; found '"
                        + name
                        + "'"
                        + Nearest.hint(name, names)));
    setting.terminal().print(shell.script(commands(all.get())));
    return ExitCode.OK;
  }

  private List<CommandWords> commands(CommandSpec root) {
    var found = new ArrayList<CommandWords>();
    add(root, "mimo", found);
    return found;
  }

  private void add(CommandSpec spec, String path, List<CommandWords> found) {
    var below = spec.subcommands().keySet().stream().map(name -> path + " " + name).toList();
    var options =
        spec.options().stream()
            .map(option ->
                new CommandWords.Option(
                    List.of(option.names()),
                    String.join(" ", option.description()),
                    option.arity().max() == 0 ? new Values.None() : values(option)))
            .toList();
    Values others =
        spec.positionalParameters().isEmpty()
            ? new Values.None()
            : values(spec.positionalParameters().getFirst());
    var about = String.join(" ", spec.usageMessage().header()).strip();
    found.add(new CommandWords(path, about, options, below, others));
    spec.subcommands().forEach((name, sub) -> add(sub.getCommandSpec(), path + " " + name, found));
  }

  /// What a place takes is told by its label: the one word for it in help and documentation. Those
  /// that come with mimo, each under one name.
  private static List<String> agents() {
    return Stream.concat(
            Stream.of("build"),
            BuiltinAgents.all().stream()
                .map(AgentDefinition::name)
                .filter(name -> name.matches("[a-z]+")))
        .distinct()
        .toList();
  }

  private Values values(ArgSpec place) {
    return switch (place.paramLabel()) {
      case "FORMAT" -> new Values.OneOf(Arrays.stream(Format.values()).map(Format::word).toList());
      case "SHELL" -> new Values.OneOf(Arrays.stream(Shell.values()).map(Shell::word).toList());
      case "MODEL", "PATTERN" -> new Values.OneOf(models());
      case "PROVIDER" -> new Values.OneOf(plain(providers()));
      case "KEY" -> new Values.OneOf(plain(ConfigKeys.top()));
      case "NAME" -> new Values.OneOf(setting.scripts().builtins().names());
      case "FILE|NAME", "FILE|NAME|RUN" -> new Values.FileOr(setting.scripts().builtins().names());
      case "FILE", "PATH", "JSON|FILE" -> new Values.FileOr(List.of());
      case "DIALECT" -> new Values.OneOf(Options.DIALECTS);
      case "STATUS" -> new Values.OneOf(Runs.STATUSES);
      case "RUN", "ID", "JSON", "N", "DAYS", "COUNT", "AMOUNT", "TIME", "NEW", "AS" ->
          new Values.Free();
      case "AGENT" -> new Values.OneOf(agents());
      case "MSG", "SESSION", "USD", "SKILL", "COMMAND" -> new Values.Free();
      case "STEP", "PROMPT", "NAME=VALUE", "CALL", "TEXT", "CMD" -> new Values.Free();
      case "WHAT", "WORDS", "ENTRY" -> new Values.Free();
      case "SCOPE" -> new Values.OneOf(List.of("session", "project", "global"));
      case "SECTION" ->
          new Values.OneOf(Arrays.stream(Section.values()).map(Section::word).toList());
      case "TYPE" -> new Values.Free();
      case "POLICY" -> new Values.OneOf(MaxMode.Policy.words());
      case "SERVER", "SERVER TOOL [JSON]", "SERVER [TOOL]" -> new Values.Free();
      default ->
          throw new IllegalStateException("nobody said what " + place.paramLabel() + " takes");
    };
  }

  private List<String> providers() {
    return setting.inspection().get().providers().stream().map(ProviderListing::id).toList();
  }

  private List<String> models() {
    return plain(
        setting.inspection().get().models(Servers.LEFT_ALONE).models().stream()
            .map(ModelList.Line::name)
            .toList());
  }

  /// Only words that mean themselves in every shell: a completed word is run as it stands.
  private static List<String> plain(List<String> words) {
    return words.stream().filter(word -> PLAIN.matcher(word).matches()).toList();
  }
}
