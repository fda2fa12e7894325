package mimo.cli.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import mimo.cli.command.Runs;
import mimo.cli.command.SessionDesk;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;

/// The commands of a conversation at this terminal.
final class LocalCommands implements SlashCommands {

  private static final int SHOWN_RUNS = 10;

  private static final List<Command> ALL =
      List.of(
          new Command("help", "", "what can be typed here"),
          new Command("new", "", "begin a new session"),
          new Command("model", "MODEL", "who thinks from the next message on"),
          new Command("agent", "AGENT", "which agent works from the next message on"),
          new Command("runs", "", "the latest runs of workflows"),
          new Command("quit", "", "leave; the session can be continued"));

  private static final List<String> KEYS =
      List.of(
          "Enter          send; while an answer is on its way: queue",
          "Ctrl-J         a new line, as Shift-Enter where the terminal can tell",
          "Esc            stop the answer",
          "Ctrl-C         stop the answer, or clear the line; twice: leave",
          "Up, Down       what was typed before",
          "Tab            complete a command");

  private final DeskPartner partner;
  private final SessionDesk desk;
  private final Supplier<Runs> runs;

  LocalCommands(DeskPartner partner, SessionDesk desk, Supplier<Runs> runs) {
    this.partner = partner;
    this.desk = desk;
    this.runs = runs;
  }

  @Override
  public List<Command> all() {
    return ALL;
  }

  @Override
  public Result run(String words) {
    int space = words.indexOf(' ');
    var name = space < 0 ? words : words.substring(0, space);
    var argument = space < 0 ? "" : words.substring(space + 1).strip();
    try {
      return run(name, argument);
    } catch (CommandException refused) {
      return new Result.Refused(refused.failure().code() + ": " + refused.failure().message());
    }
  }

  private Result run(String name, String argument) {
    return switch (name) {
      case "help" -> help();
      case "new" -> {
        partner.anew();
        yield told("The next message begins a new session.");
      }
      case "model" -> model(argument);
      case "agent" -> agent(argument);
      case "runs" -> runs();
      case "quit", "exit" -> new Result.Left();
      default -> {
        var names = ALL.stream().map(Command::name).toList();
        yield new Result.Refused("there is no /" + name + Nearest.hint(name, names));
      }
    };
  }

  private static Result told(String line) {
    return new Result.Told(List.of(line));
  }

  private static Result help() {
    var lines = new ArrayList<String>();
    for (var command : ALL) {
      lines.add(
          "%-15s%s".formatted("/" + command.name() + " " + command.argument(), command.about()));
    }
    lines.add("");
    lines.addAll(KEYS);
    return new Result.Told(lines);
  }

  private Result model(String argument) {
    if (argument.isEmpty()) {
      return told(partner.standing() + "  (mimo models shows what there is)");
    }
    var found = desk.model(argument);
    partner.think(found);
    return told("The next message goes to " + found + ".");
  }

  private Result agent(String argument) {
    if (argument.isEmpty()) {
      return told(partner.standing());
    }
    partner.work(argument);
    return told("The next message goes to the agent " + argument + ".");
  }

  private Result runs() {
    var lines =
        runs.get().list().stream()
            .limit(SHOWN_RUNS)
            .map(run -> "%s  %-11s  %s".formatted(run.id(), run.status(), run.workflow()))
            .toList();
    return lines.isEmpty() ? told("There are no runs yet.") : new Result.Told(lines);
  }
}
