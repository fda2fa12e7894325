package mimo.cli.command;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The commands below one command, in the order in which its help lists them.
public final class Subcommands {

  private final String parent;
  private final SequencedMap<String, Subcommand> commands = new LinkedHashMap<>();

  /// @param parent the command they are below, as it is typed after `mimo`
  public Subcommands(String parent) {
    this.parent = parent;
  }

  public void put(String name, Subcommand command) {
    commands.put(name, command);
  }

  /// Puts them below the command's own words.
  public void addTo(CommandSpec spec) {
    commands.forEach((name, command) -> spec.addSubcommand(name, command.spec()));
  }

  /// Runs the one that was typed.
  public ExitCode run(ParseResult words) throws InterruptedException {
    var sub = words.subcommand();
    if (sub == null) {
      throw new CommandException(
          "usage", "mimo " + parent + " needs one of " + String.join(", ", commands.keySet()));
    }
    var command = commands.get(sub.commandSpec().name());
    if (command == null) {
      throw new IllegalStateException("no command " + sub.commandSpec().name());
    }
    return command.run(sub);
  }
}
