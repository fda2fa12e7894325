package mimo.cli.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.agent.AgentEvent;
import mimo.agent.goal.Goal;
import mimo.agent.goal.GoalLedger;
import mimo.agent.session.ConversationTurns;
import mimo.agent.session.FactCodec;
import mimo.agent.session.GoalFact.Tests;
import mimo.agent.session.SessionFact;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.agent.task.TaskTree;
import mimo.cli.command.MaxWords;
import mimo.cli.command.Runs;
import mimo.cli.command.SessionDesk;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import mimo.cli.extension.CommandFiles;
import mimo.cli.terminal.ReversalReport;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;

/// The commands of a conversation at this terminal.
public final class LocalCommands implements SlashCommands {

  private static final int SHOWN_RUNS = 10;

  private static final List<Command> ALL =
      List.of(
          new Command("help", "", "what can be typed here"),
          new Command("new", "", "begin a new session"),
          new Command("model", "MODEL", "who thinks from the next message on"),
          new Command("agent", "AGENT", "which agent works from the next message on"),
          new Command("goal", "[TEXT|clear]", "what it works towards, until a judge sees it met"),
          new Command("tasks", "", "what the agent has listed to do"),
          new Command("max", "[N|POLICY|off]", "Max Mode: several candidates for each step"),
          new Command("undo", "[N] [force]", "take the last turn back, or all from turn N on"),
          new Command("redo", "[force]", "have the turn again that was taken back"),
          new Command("rebuild", "", "go on from what is known of it, with fewer tokens"),
          new Command("runs", "", "the latest runs of workflows"),
          new Command("quit", "", "leave; the session can be continued"));

  private static final List<String> KEYS =
      List.of(
          "Enter              send; while an answer is on its way: queue",
          "Ctrl-J             a new line, as Shift-Enter where the terminal can tell",
          "Esc                stop the answer",
          "Ctrl-C             stop the answer, or clear the line; twice: leave",
          "Up, Down           what was typed before",
          "Tab                complete a command");

  private static final int ABOUT_CHARS = 70;
  private static final Pattern CHECK = Pattern.compile("\\s--check\\s+");

  private final DeskPartner partner;
  private final SessionDesk desk;
  private final Supplier<Runs> runs;

  /// As they were when the conversation began; one that is not among them is looked for again.
  private final List<Command> prompts;

  LocalCommands(DeskPartner partner, SessionDesk desk, Supplier<Runs> runs) {
    this.partner = partner;
    this.desk = desk;
    this.runs = runs;
    this.prompts = prompts(desk);
  }

  /// What is mimo's own here: no file takes these names.
  public static Set<String> names() {
    var names = new TreeSet<>(Set.of("exit"));
    ALL.forEach(command -> names.add(command.name()));
    return names;
  }

  /// Those that are prompts in files. What is mimo's own is always that.
  private static List<Command> prompts(SessionDesk desk) {
    var own = ALL.stream().map(Command::name).toList();
    return desk.commands().all().stream()
        .map(CommandFiles.Known::command)
        .filter(command -> !own.contains(command.name()))
        .map(command ->
            new Command(
                command.name(),
                TerminalText.oneLine(command.hint()),
                TerminalText.cut(TerminalText.oneLine(command.description()), ABOUT_CHARS)))
        .toList();
  }

  @Override
  public List<Command> all() {
    return Stream.concat(ALL.stream(), prompts.stream()).toList();
  }

  @Override
  public Result run(String words) {
    int space = words.indexOf(' ');
    var name = space < 0 ? words : words.substring(0, space);
    var argument = space < 0 ? "" : words.substring(space + 1).strip();
    try {
      return run(name, argument);
    } catch (CommandException refused) {
      return new Result.Refused(words(refused));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Result.Refused("interrupted");
    }
  }

  private Result run(String name, String argument) throws InterruptedException {
    return switch (name) {
      case "help" -> help();
      case "new" -> {
        partner.anew();
        yield told("The next message begins a new session.");
      }
      case "model" -> model(argument);
      case "agent" -> agent(argument);
      case "goal" -> goal(argument);
      case "tasks" -> tasks();
      case "max" -> max(argument);
      case "undo" -> undo(argument);
      case "redo" -> redo(argument);
      case "rebuild" -> rebuild();
      case "runs" -> runs();
      case "quit", "exit" -> new Result.Left();
      default -> prompt(name, ("/" + name + " " + argument).strip());
    };
  }

  /// @param words all of them, as the agent's session takes them
  private Result prompt(String name, String words) {
    var known = desk.commands().all().stream().map(each -> each.command().name()).toList();
    if (known.contains(name)) {
      return new Result.Said(words);
    }
    try {
      desk.commands().called(words);
    } catch (CommandException refused) {
      if (!refused.failure().code().equals("command_unknown")) {
        throw refused;
      }
    }
    var names = all().stream().map(Command::name).toList();
    return new Result.Refused("there is no /" + name + Nearest.hint(name, names));
  }

  /// With what to do about it, which the message alone does not say.
  private static String words(CommandException refused) {
    var code = refused.failure().code();
    var message = refused.failure().message();
    return switch (code) {
      case "undo_unsure" -> code + ": " + message + "; /undo force brings everything back";
      case "undo_needs_git" -> "MIMO-510 " + code + ": " + message;
      default -> code + ": " + message;
    };
  }

  /// `[N] [force]`; what else is there is refused.
  private record Wish(OptionalInt turn, Others others) {

    static Wish parse(String argument) {
      var turn = OptionalInt.empty();
      var others = Others.KEPT;
      for (var word : argument.split(" +", -1)) {
        if (word.equals("force")) {
          others = Others.OVERRULED;
        } else if (word.matches("[0-9]{1,6}")) {
          turn = OptionalInt.of(Integer.parseInt(word));
        } else if (!word.isEmpty()) {
          throw new CommandException("usage", "'" + word + "' is neither a turn nor force");
        }
      }
      return new Wish(turn, others);
    }
  }

  private Result undo(String argument) throws InterruptedException {
    var wish = Wish.parse(argument);
    var done = partner.undo(wish.turn(), wish.others());
    var lines = new ReversalReport(done, Style.PLAIN).lines("undid", "/redo, then /undo force");
    return new Result.Draft(done.prompt(), lines);
  }

  private Result redo(String argument) throws InterruptedException {
    var wish = Wish.parse(argument);
    if (wish.turn().isPresent()) {
      throw new CommandException("usage", "/redo has the turns again in their order");
    }
    var done = partner.redo(wish.others());
    return new Result.Told(
        new ReversalReport(done, Style.PLAIN).lines("redid", "/undo, then /redo force"));
  }

  private Result rebuild() throws InterruptedException {
    return partner
        .rebuild()
        .map(rebuilt -> told(AgentEvent.Notice.rebuilt(rebuilt).text()))
        .orElseGet(() -> told("The conversation is as short as it would be then."));
  }

  private static Result told(String line) {
    return new Result.Told(List.of(line));
  }

  private Result help() {
    var lines = new ArrayList<String>();
    for (var command : all()) {
      lines.add(
          "%-19s%s".formatted("/" + command.name() + " " + command.argument(), command.about()));
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

  /// Everything that happened in the session and holds; nothing before its first turn.
  private List<SessionFact> facts() {
    var session = partner.session();
    return session == null
        ? List.of()
        : ConversationTurns.holding(desk.said(session).stream().map(FactCodec::read).toList());
  }

  private Result tasks() {
    return new Result.Told(
        TaskTree.of(facts()).toString().lines().map(TerminalText::oneLine).toList());
  }

  /// `TEXT [--check CMD]…` sets a goal, and the agent begins to work towards it.
  private Result goal(String argument) throws InterruptedException {
    if (argument.isEmpty()) {
      var lines = GoalLedger.of(facts()).shown();
      return lines.isEmpty()
          ? told("There is no goal; /goal TEXT sets one.")
          : new Result.Told(lines.stream().map(TerminalText::oneLine).toList());
    }
    if (argument.equals("clear")) {
      return told(partner.clearGoal() ? "The goal is cleared." : "There is no goal.");
    }
    var parts = List.of(CHECK.split(argument, -1));
    try {
      partner.pursue(Goal.ofUser(parts.getFirst(), parts.subList(1, parts.size()), Tests.GUARDED));
    } catch (IllegalArgumentException unfit) {
      return new Result.Refused("usage: " + unfit.getMessage());
    }
    return new Result.Said("Work towards the goal.");
  }

  /// Without a word it is switched on, as it is configured.
  private Result max(String argument) {
    if (argument.equals("off")) {
      partner.max(null);
      return told("Max Mode is off: each step has one candidate.");
    }
    var number = new StringBuilder();
    var policy = new StringBuilder();
    for (var word : argument.split(" +", -1)) {
      var part = word.matches("\\d+") ? number : policy;
      part.append(part.isEmpty() || word.isEmpty() ? "" : " ").append(word);
    }
    var mode = MaxWords.of(number.toString(), policy.toString(), desk.max());
    partner.max(mode);
    return told(
        "Max Mode: %d candidates for %s. /max off ends it."
            .formatted(
                mode.candidates(),
                switch (mode.policy()) {
                  case ALWAYS -> "each step";
                  case MUTATIONS -> "each step that wants to change something";
                }));
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
