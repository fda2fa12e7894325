package mimo.agent.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A command that runs the command behind its own options, and does nothing else.
///
/// @param flags options without a value
/// @param valued options with a value
/// @param operands words between its options and the command
/// @param added whether the command gets more words than are written
record Wrapper(Set<String> flags, Set<String> valued, int operands, Added added) {

  /// What the command gets beside the words that are written.
  enum Added {
    NOTHING,
    WORDS
  }

  private static final Map<String, Wrapper> ALL =
      Map.ofEntries(
          plain("nohup", Set.of(), Set.of(), 0),
          plain("command", Set.of("-p"), Set.of(), 0),
          plain("builtin", Set.of(), Set.of(), 0),
          plain("exec", Set.of("-c", "-l"), Set.of("-a"), 0),
          plain("time", Set.of("-p", "-v", "--verbose", "--portability"), Set.of(), 0),
          plain("nice", Set.of(), Set.of("-n", "--adjustment"), 0),
          plain("setsid", Set.of("-c", "-f", "-w", "--fork", "--wait"), Set.of(), 0),
          plain("ionice", Set.of("-t"), Set.of("-c", "-n", "--class", "--classdata"), 0),
          plain("stdbuf", Set.of(), Set.of("-i", "-o", "-e", "--input", "--output", "--error"), 0),
          plain("busybox", Set.of(), Set.of(), 0),
          plain(
              "timeout",
              Set.of("--preserve-status", "--foreground", "-v", "--verbose"),
              Set.of("-k", "--kill-after", "-s", "--signal"),
              1),
          Map.entry(
              "xargs",
              new Wrapper(
                  Set.of("-0", "--null", "-r", "--no-run-if-empty", "-t", "--verbose", "-x"),
                  Set.of("-n", "--max-args", "-P", "--max-procs", "-L", "--max-lines", "-d"),
                  0,
                  Added.WORDS)));

  private static Map.Entry<String, Wrapper> plain(
      String name, Set<String> flags, Set<String> valued, int operands) {
    return Map.entry(name, new Wrapper(flags, valued, operands, Added.NOTHING));
  }

  static boolean isKnown(String name) {
    return ALL.containsKey(name);
  }

  /// The wrapper of a name that is known.
  static Wrapper of(String name) {
    var wrapper = ALL.get(name);
    if (wrapper == null) {
      throw new IllegalArgumentException("'" + name + "' wraps no command");
    }
    return wrapper;
  }

  /// Where the wrapped command begins in `words`, of which the first is the wrapper's name; its
  /// length if it wraps none, and a negative number if nobody can tell.
  int inner(List<Word> words) {
    int at = 1;
    while (at < words.size() && words.get(at).mayBeOption()) {
      var word = words.get(at);
      if (!word.isLiteral()) {
        return -1;
      }
      var option = word.text();
      if (option.equals("--")) {
        at++;
        break;
      } else if (flags.contains(option) || hasValueWithin(option)) {
        at++;
      } else if (valued.contains(option)) {
        at += 2;
      } else {
        return -1;
      }
    }
    for (int i = 0; i < operands; i++, at++) {
      if (at < words.size() && words.get(at).form() == Word.Form.UNKNOWN) {
        return -1;
      }
    }
    return Math.min(at, words.size());
  }

  /// `--signal=KILL`, `-oL`, `-10`.
  private boolean hasValueWithin(String option) {
    int equals = option.indexOf('=');
    if (option.startsWith("--")) {
      return equals > 0 && valued.contains(option.substring(0, equals));
    }
    return option.length() > 2
        && (valued.contains(option.substring(0, 2))
            || (valued.contains("-n") && option.substring(1).matches("[0-9]+")));
  }
}
