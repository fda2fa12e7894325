package mimo.agent.permission;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mimo.agent.AgentLimits;
import mimo.agent.permission.FileRules.Access;
import mimo.agent.permission.Targets.Target;
import mimo.agent.shell.Redirection;
import mimo.agent.shell.ShellReading;
import mimo.agent.shell.SimpleCommand;
import mimo.agent.shell.Word;
import mimo.agent.tool.Need;
import org.jspecify.annotations.Nullable;

/// Rules command lines (A55): each command of a line has to be allowed, and each file it opens.
final class CommandRules {

  static final String BASH = "bash";
  private static final Set<String> STREAMS =
      Set.of("/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/zero");
  private static final int MOST_FOLDERS = 8;

  /// No pattern means it, so defaults count.
  private static final Subject ANYTHING =
      new Subject() {
        @Override
        public Match restrictedBy(String pattern) {
          return Match.NO;
        }

        @Override
        public boolean allowedBy(String pattern) {
          return false;
        }
      };

  private final PermissionRules rules;
  private final Targets targets;
  private final FileRules files;
  private final NamedFiles named;
  private final Shelter shelter;

  CommandRules(PermissionRules rules, Targets targets, Shelter shelter) {
    this.rules = rules;
    this.targets = targets;
    this.files = new FileRules(rules, targets);
    this.named = new NamedFiles(rules, targets);
    this.shelter = shelter;
  }

  /// Whether a permission is about command lines.
  static boolean areMeantBy(String permission) {
    return permission.equals(BASH) || permission.equals("network");
  }

  /// What is to become of a command line. A pattern says nothing of the folder, so "always" would
  /// mean more than this, unless it is the workspace itself.
  Ruling rule(Need.Command need, List<Rule> grants) {
    var folders = folders(need.folder());
    var ruling = rule(need.command(), folders, grants);
    if (need.network()) {
      ruling = ruling.and(network(need.command(), grants));
    }
    return folders.equals(List.of(targets.workspace())) ? ruling : ruling.neverRemembered();
  }

  /// What is to become of a call that is about a job in the background.
  Ruling job(Subject job, List<Rule> grants) {
    return rules.weigh(BASH, job, grants);
  }

  /// Where a command begins, as its folder was asked for and where links lead; empty if nobody can
  /// tell.
  private List<Path> folders(String folder) {
    return folder.isEmpty()
        ? List.of(targets.workspace())
        : targets.of(targets.workspace(), folder).map(Target::paths).orElse(List.of());
  }

  private Ruling rule(String line, List<Path> folders, List<Rule> grants) {
    var ruling =
        switch (ShellReading.of(line)) {
          case ShellReading.Unparsable(var reason) -> unparsed(reason, grants);
          case ShellReading.Parsed(var commands)
              when commands.size() > AgentLimits.SHELL_COMMANDS ->
              Ruling.always(
                  Decision.DENY,
                  "the line holds more than " + AgentLimits.SHELL_COMMANDS + " commands");
          case ShellReading.Parsed(var commands) -> commands(commands, folders, grants);
        };
    return sheltered(ruling);
  }

  /// What is to become of a line that asks for the network, beside what its commands come to.
  private Ruling network(String line, List<Rule> grants) {
    var ruling = Ruling.allowed();
    if (ShellReading.of(line) instanceof ShellReading.Parsed(var commands)) {
      for (var command : commands) {
        if (!command.words().isEmpty()) {
          ruling = ruling.and(remembered(weigh("network", command, grants), "network", command));
        }
      }
      return ruling;
    }
    return rules.weigh("network", ANYTHING, grants);
  }

  /// Without a sandbox rules that allow do not count (A61).
  private Ruling sheltered(Ruling ruling) {
    if (shelter != Shelter.NONE) {
      return ruling;
    }
    return ruling.decision() == Decision.ALLOW
        ? Ruling.always(
                Decision.ASK,
                "no sandbox confines commands here, so each is asked for and rules that allow do"
                    + " not count")
            .and(ruling)
        : ruling.neverRemembered();
  }

  private Ruling unparsed(String reason, List<Rule> grants) {
    var ruling = rules.weigh(BASH, ANYTHING, grants);
    return isFree()
        ? ruling
        : Ruling.always(Decision.ASK, "the command line cannot be read whole: " + reason)
            .and(ruling)
            .neverRemembered();
  }

  /// In a sandbox, where nobody restricts anything, commands are allowed as a whole (A53).
  private boolean isFree() {
    return shelter.confines() && !rules.restrictCommands();
  }

  private Ruling commands(List<SimpleCommand> commands, List<Path> start, List<Rule> grants) {
    boolean known = !start.isEmpty();
    var folders = new ArrayList<>(known ? start : List.of(targets.workspace()));
    var ruling = Ruling.allowed();
    for (var command : commands) {
      ruling = ruling.and(command(command, grants));
      ruling = ruling.and(opened(command, known ? folders : List.of(), grants));
      ruling = ruling.and(named.rule(command, folders, shelter));
      known = known && follow(command, folders);
    }
    return ruling;
  }

  private Ruling command(SimpleCommand command, List<Rule> grants) {
    var ruling = Ruling.allowed();
    if (!command.words().isEmpty()) {
      ruling = remembered(weigh(BASH, command, grants), BASH, command);
    }
    var caution = command.caution();
    if (caution == null || isFree()) {
      return ruling;
    }
    var asked = Ruling.always(Decision.ASK, caution);
    return ruling.decision() == Decision.DENY ? ruling : asked.and(ruling).neverRemembered();
  }

  private Ruling weigh(String permission, SimpleCommand command, List<Rule> grants) {
    return rules.weigh(permission, new CommandSubject(command), grants);
  }

  private Ruling opened(SimpleCommand command, List<Path> folders, List<Rule> grants) {
    var ruling = Ruling.allowed();
    for (var redirection : command.redirections()) {
      ruling = ruling.and(opened(redirection, folders, grants));
    }
    return ruling;
  }

  private Ruling opened(Redirection redirection, List<Path> folders, List<Rule> grants) {
    var target = redirection.target();
    if (target.isLiteral() && STREAMS.contains(target.text())) {
      return Ruling.allowed();
    }
    boolean network = target.text().contains("/dev/tcp/") || target.text().contains("/dev/udp/");
    boolean relative = !target.text().startsWith("/");
    if (!target.isLiteral() || network || (relative && folders.isEmpty())) {
      return isFree()
          ? Ruling.allowed()
          : Ruling.always(
              Decision.ASK, "nobody can tell what the redirection to " + target.text() + " opens");
    }
    var access = redirection.use() == Redirection.Use.WRITE ? Access.WRITE : Access.READ;
    var ruling = Ruling.allowed();
    for (var folder : folders.isEmpty() ? List.of(targets.workspace()) : folders) {
      ruling = ruling.and(files.byShell(access, folder, target.text(), grants, shelter));
    }
    return ruling;
  }

  /// "Always" means exactly these words, where a pattern can say them.
  private static Ruling remembered(Ruling ruling, String permission, SimpleCommand command) {
    var rule = ruling.rule();
    boolean liftable = rule != null && rule.isDefault() && !rule.layer().onlyNarrows();
    boolean sayable = command.words().stream().allMatch(CommandRules::canStandInAPattern);
    return ruling.decision() == Decision.ASK && liftable && sayable
        ? ruling.withAlways(List.of(new Grant(permission, command.shown())))
        : ruling;
  }

  private static boolean canStandInAPattern(Word word) {
    return word.isLiteral() && word.text().matches("[^\\s*?]+");
  }

  /// After `cd` relative paths may begin elsewhere, or not: it may fail, or be in a subshell. Says
  /// whether all the folders are known.
  private boolean follow(SimpleCommand command, List<Path> folders) {
    var to = destination(command);
    if (to == null) {
      return true;
    }
    if (!to.isLiteral() || to.text().startsWith("-") || folders.size() * 2 > MOST_FOLDERS) {
      return false;
    }
    try {
      for (var folder : List.copyOf(folders)) {
        var next = folder.resolve(to.text()).normalize();
        if (!folders.contains(next)) {
          folders.add(next);
        }
      }
      return true;
    } catch (InvalidPathException nowhere) {
      return false;
    }
  }

  private @Nullable Word destination(SimpleCommand command) {
    var words = command.words();
    if (words.isEmpty() || !(words.getFirst().is("cd") || words.getFirst().is("pushd"))) {
      return null;
    }
    return words.size() > 1 ? words.get(1) : Word.literal(targets.home().toString());
  }
}
