package mimo.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;

/// Looks through commands that run other commands (A55): what they run takes their place, or stands
/// beside them, or is marked as something nobody can tell.
final class Wrappers {

  private static final Set<String> SHELLS = Set.of("bash", "sh", "dash");

  private static final Set<String> OTHER_SHELLS =
      Set.of("zsh", "ksh", "fish", "csh", "tcsh", "ash", "mksh", "pwsh");

  /// Commands that run text, or what a file, a server or the input says.
  private static final Set<String> RUN_TEXT =
      Set.of("eval", "source", ".", "parallel", "watch", "su", "script", "trap", "expect", "at");

  private static final Set<String> WITH_OTHER_RIGHTS = Set.of("sudo", "doas", "pkexec", "runuser");

  /// What the shells of `sh` read differently.
  private static final Pattern ONLY_BASH =
      Pattern.compile("(?s).*(\\$'|[<>]\\(|&>|\\|&|<<<|>&|\\{).*");

  private static final Pattern SHELL_FLAGS = Pattern.compile("-[leu]*c[leu]*");
  private static final Pattern ASSIGNED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(?s:.*)");

  private Wrappers() {}

  static List<SimpleCommand> seenThrough(List<SimpleCommand> commands, int depth) {
    if (depth > AgentLimits.SHELL_DEPTH) {
      throw new UnparsableException(
          "it wraps commands deeper than " + AgentLimits.SHELL_DEPTH + " levels");
    }
    var found = new ArrayList<SimpleCommand>();
    for (var command : commands) {
      found.addAll(seenThrough(command, depth));
      if (found.size() > AgentLimits.SHELL_COMMANDS) {
        // One more than the limit says it all.
        return found.subList(0, AgentLimits.SHELL_COMMANDS + 1);
      }
    }
    return found;
  }

  private static List<SimpleCommand> seenThrough(SimpleCommand command, int depth) {
    if (command.words().isEmpty()) {
      return List.of(Cautions.on(command));
    }
    var first = command.words().getFirst();
    if (!first.isLiteral()) {
      return List.of(command.withCaution("which command runs is only known when it runs"));
    }
    var name = nameOf(first.text());
    if (name.equals("env")) {
      return environment(command, depth);
    } else if (SHELLS.contains(name)) {
      return shell(command, name, depth);
    } else if (name.equals("find")) {
      return find(command, depth);
    } else if (RUN_TEXT.contains(name) || OTHER_SHELLS.contains(name)) {
      return runsText(command, name, depth);
    } else if (WITH_OTHER_RIGHTS.contains(name)) {
      return withOtherRights(command, name, depth);
    } else if (Wrapper.isKnown(name)) {
      return wrapped(command, name, depth);
    }
    return List.of(Cautions.on(command));
  }

  /// The last part of a path.
  static String nameOf(String command) {
    return command.substring(command.lastIndexOf('/') + 1);
  }

  private static List<SimpleCommand> wrapped(SimpleCommand command, String name, int depth) {
    var wrapper = Wrapper.of(name);
    var words = command.words();
    if (name.equals("command") && words.size() > 1 && isQuestion(words.get(1))) {
      return List.of(Cautions.on(command));
    }
    int at = wrapper.inner(words);
    if (at < 0) {
      return List.of(command.withCaution("nobody can tell what " + name + " runs"));
    }
    var inner = new ArrayList<>(words.subList(at, words.size()));
    if (inner.isEmpty()) {
      return List.of(Cautions.on(name.equals("exec") ? command.withoutWords() : command));
    }
    if (wrapper.added() == Wrapper.Added.WORDS) {
      inner.add(Word.unknown("…"));
    }
    return seenThrough(List.of(command.withWords(inner)), depth + 1);
  }

  private static boolean isQuestion(Word option) {
    return option.is("-v") || option.is("-V");
  }

  private static List<SimpleCommand> environment(SimpleCommand command, int depth) {
    var words = command.words();
    var assignments = new ArrayList<>(command.assignments());
    int at = 1;
    while (at < words.size()) {
      var word = words.get(at);
      var assigned = ASSIGNED.matcher(word.text());
      if (word.is("-u") || word.is("--unset")) {
        at++;
      } else if (assigned.matches() && !word.mayBeOption()) {
        assignments.add(new Assignment(assigned.group(1), word));
      } else if (!isPlainForEnvironment(word)) {
        break;
      }
      at++;
    }
    var inner = words.subList(Math.min(at, words.size()), words.size());
    if (inner.isEmpty()) {
      return List.of(Cautions.on(command));
    }
    if (inner.getFirst().mayBeOption()) {
      return List.of(command.withCaution("nobody can tell what env runs"));
    }
    var changed = new SimpleCommand(assignments, inner, command.redirections(), command.caution());
    return seenThrough(List.of(changed), depth + 1);
  }

  private static boolean isPlainForEnvironment(Word word) {
    return word.isLiteral()
        && Set.of("-i", "-", "--ignore-environment", "--").contains(word.text());
  }

  private static List<SimpleCommand> shell(SimpleCommand command, String name, int depth) {
    var words = command.words();
    if (words.size() < 2 || words.get(1).is("-s") || !words.get(1).isLiteral()) {
      return List.of(command.withCaution(name + " runs what it is given to read"));
    }
    var option = words.get(1).text();
    if (!option.startsWith("-") && !option.startsWith("+")) {
      return List.of(Cautions.on(command));
    }
    if (!SHELL_FLAGS.matcher(option).matches() || words.size() < 3 || !words.get(2).isLiteral()) {
      return List.of(command.withCaution("nobody can tell what " + name + " runs"));
    }
    var text = words.get(2).text();
    if (!name.equals("bash") && ONLY_BASH.matcher(text).matches()) {
      return List.of(command.withCaution(name + " reads some of this differently"));
    }
    var found = new ArrayList<SimpleCommand>();
    found.add(Cautions.on(command.withoutWords()));
    found.addAll(seenThrough(ShellParser.parse(text, depth + 1), depth + 1));
    return found;
  }

  /// Nobody can tell what they do; what can be told of it counts all the same.
  private static List<SimpleCommand> runsText(SimpleCommand command, String name, int depth) {
    var found = new ArrayList<SimpleCommand>();
    found.add(command.withCaution(name + " runs text, whatever it says"));
    var rest = command.words().subList(1, command.words().size());
    if (!rest.isEmpty() && rest.stream().allMatch(Word::isLiteral)) {
      var text =
          name.equals("eval") || name.equals("watch")
              ? rest.stream().map(Word::text).collect(Collectors.joining(" "))
              : rest.getLast().text();
      try {
        found.addAll(seenThrough(ShellParser.parse(text, depth + 1), depth + 1));
      } catch (UnparsableException alreadyAsked) {
        // The caution says it.
        return found;
      }
    }
    return found;
  }

  /// Both have to be allowed: to have these rights, and to do this.
  private static List<SimpleCommand> withOtherRights(
      SimpleCommand command, String name, int depth) {
    var words = command.words();
    int at = 1;
    while (at < words.size() && words.get(at).mayBeOption()) {
      at++;
    }
    var found = new ArrayList<SimpleCommand>();
    found.add(at > 1 ? command.withCaution("nobody can tell what " + name + " runs") : command);
    if (at < words.size()) {
      var inner = SimpleCommand.of(words.subList(at, words.size()));
      found.addAll(seenThrough(List.of(inner), depth + 1));
    }
    return found;
  }

  private static List<SimpleCommand> find(SimpleCommand command, int depth) {
    var words = command.words();
    var found = new ArrayList<SimpleCommand>();
    var written = new ArrayList<Word>();
    boolean unclear = words.stream().anyMatch(word -> !word.isLiteral() && word.mayBeOption());
    for (int at = 1; at < words.size(); at++) {
      var word = words.get(at);
      if (word.is("-delete")) {
        found.add(SimpleCommand.of(List.of(Word.literal("rm"), Word.unknown("…"))));
      } else if (word.isLiteral()
          && Set.of("-fprint", "-fprint0", "-fprintf", "-fls").contains(word.text())) {
        written.add(at + 1 < words.size() ? words.get(at + 1) : Word.unknown("…"));
      } else if (word.isLiteral()
          && Set.of("-exec", "-execdir", "-ok", "-okdir").contains(word.text())) {
        int end = at + 1;
        while (end < words.size() && !words.get(end).is(";") && !isPlus(words, end)) {
          end++;
        }
        var inner = words.subList(at + 1, end).stream().map(Wrappers::found).toList();
        if (!inner.isEmpty()) {
          found.addAll(seenThrough(List.of(SimpleCommand.of(inner)), depth + 1));
        }
        at = end;
      }
    }
    var outer = command.alsoWriting(written);
    found.addFirst(unclear ? outer.withCaution("nobody can tell what find runs") : outer);
    return found;
  }

  private static boolean isPlus(List<Word> words, int at) {
    return words.get(at).is("+") && words.get(at - 1).is("{}");
  }

  private static Word found(Word word) {
    return word.isLiteral() && word.text().contains("{}") ? Word.unknown(word.text()) : word;
  }
}
