package mimo.agent.permission;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.agent.permission.Subject.Match;
import mimo.agent.shell.SimpleCommand;
import mimo.agent.shell.Word;

/// Holds the words of a command against rules about files (S51): a command that names a denied file
/// is a way to it, whatever the command is. What a program reads without its being named is not
/// seen here.
final class NamedFiles {

  /// Commands that change no file that they are given.
  private static final Set<String> LOOKING =
      Set.of(
          "cat",
          "head",
          "tail",
          "less",
          "more",
          "grep",
          "egrep",
          "fgrep",
          "rg",
          "wc",
          "ls",
          "stat",
          "file",
          "diff",
          "cmp",
          "md5sum",
          "sha1sum",
          "sha256sum",
          "nl",
          "od",
          "hexdump",
          "test",
          "[",
          "echo",
          "printf",
          "realpath",
          "readlink",
          "basename",
          "dirname",
          "du",
          "cd",
          "jq",
          "cut",
          "strings",
          "tree");

  private static final Pattern QUOTING = Pattern.compile("[\"'\\\\]");
  private static final Pattern CLASS = Pattern.compile("\\[[^\\]]*\\]");
  private static final int SHORTEST_NAME = 4;

  private final PermissionRules rules;
  private final Targets targets;

  NamedFiles(PermissionRules rules, Targets targets) {
    this.rules = rules;
    this.targets = targets;
  }

  /// What rules about files make of the words of `command`.
  ///
  /// @param folders where its relative paths may begin
  Ruling rule(SimpleCommand command, List<Path> folders, Shelter shelter) {
    var ruling = Ruling.allowed();
    var words = words(command);
    boolean looks = looks(command);
    for (var permission : looks ? List.of("read") : List.of("read", "edit")) {
      for (var rule : rules.restricting(permission)) {
        for (var word : words) {
          ruling = ruling.and(about(rule, word, folders));
        }
      }
    }
    return looks || shelter.confines() ? ruling : ruling.and(protectedWords(words, folders));
  }

  private static boolean looks(SimpleCommand command) {
    var words = command.words();
    return words.isEmpty()
        || (words.getFirst().isLiteral() && LOOKING.contains(words.getFirst().text()));
  }

  private static List<Word> words(SimpleCommand command) {
    var words = new ArrayList<Word>();
    command.assignments().forEach(assigned -> words.add(assigned.value()));
    words.addAll(command.words());
    return words;
  }

  private Ruling about(Rule rule, Word word, List<Path> folders) {
    if (!word.isLiteral()) {
      return mayMean(rule, word.text()) || isUnknowable(rule, word)
          ? asking(rule, word)
          : Ruling.allowed();
    }
    for (var path : paths(word.text())) {
      for (var folder : folders) {
        var target = targets.of(folder, path);
        if (target.isPresent() && target.get().subject().restrictedBy(rule.pattern()) != Match.NO) {
          return isExample(rule, path) ? Ruling.allowed() : Ruling.by(rule, List.of());
        }
      }
    }
    return holdsName(rule, word.text()) ? asking(rule, word) : Ruling.allowed();
  }

  private static boolean isExample(Rule rule, String path) {
    return rule.layer() == Rule.Layer.BUILT_IN && path.endsWith(".env.example");
  }

  private static Ruling asking(Rule rule, Word word) {
    return Ruling.always(
        Decision.ASK, "'" + word.text() + "' may name a file that a rule is about: " + rule.text());
  }

  /// A word, and what stands behind an option's letter or its equals sign.
  private static List<String> paths(String word) {
    var paths = new ArrayList<String>();
    int equals = word.indexOf('=');
    if (equals >= 0) {
      paths.add(word.substring(equals + 1));
    }
    if (word.startsWith("-") && word.length() > 2) {
      paths.add(word.substring(2));
    }
    paths.add(word);
    return paths.stream().filter(path -> !path.isEmpty() && path.indexOf('\n') < 0).toList();
  }

  /// A pattern of the shell that the rule's own file would match.
  private static boolean mayMean(Rule rule, String written) {
    var pattern = CLASS.matcher(QUOTING.matcher(written).replaceAll("")).replaceAll("*");
    var name = plain(rule.pattern());
    var last = name.substring(name.lastIndexOf('/') + 1);
    // A star alone does not take names that begin with a dot.
    boolean hidden = last.startsWith(".") && !lastPart(pattern).startsWith(".");
    return !hidden
        && Wildcards.areIn(pattern)
        && (Wildcards.match(pattern, name) || Wildcards.match(lastPart(pattern), last));
  }

  /// Variables may hold any name; where somebody's own rule denies one, that is asked.
  private static boolean isUnknowable(Rule rule, Word word) {
    return rule.layer() != Rule.Layer.BUILT_IN
        && (word.text().contains("$") || word.text().contains("`"));
  }

  /// A program in a word, such as that of `python -c`, may name the file.
  private static boolean holdsName(Rule rule, String text) {
    var last = lastPart(rule.pattern());
    return rule.layer() != Rule.Layer.BUILT_IN
        && last.length() >= SHORTEST_NAME
        && !Wildcards.areIn(last)
        && text.contains(last);
  }

  private static String plain(String pattern) {
    return pattern.replace("*", "").replace("?", "");
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Ruling protectedWords(List<Word> words, List<Path> folders) {
    for (var word : words) {
      for (var path : word.isLiteral() ? paths(word.text()) : List.<String>of()) {
        for (var folder : folders) {
          var target = targets.of(folder, path);
          if (target.isPresent() && targets.isProtected(target.get())) {
            return Ruling.always(
                Decision.ASK, "'" + path + "' is protected: a program obeys it later");
          }
        }
      }
    }
    return Ruling.allowed();
  }
}
