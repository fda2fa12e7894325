package mimo.agent.shell;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What no rule can allow, since the words do not say what happens: variables that change how other
/// commands work, and builtins that change the shell itself (S50).
final class Cautions {

  /// Variables that programs take for settings, and that let none of them run or load anything.
  private static final Set<String> HARMLESS =
      Set.of(
          "APP_ENV",
          "CGO_ENABLED",
          "CI",
          "COLUMNS",
          "CLICOLOR",
          "DEBUG",
          "FORCE_COLOR",
          "GOARCH",
          "GOOS",
          "LANG",
          "LANGUAGE",
          "LINES",
          "LOG_LEVEL",
          "NODE_ENV",
          "NO_COLOR",
          "PORT",
          "PYTHONDONTWRITEBYTECODE",
          "PYTHONUNBUFFERED",
          "RACK_ENV",
          "RAILS_ENV",
          "RUST_BACKTRACE",
          "RUST_LOG",
          "TERM",
          "TZ",
          "VERBOSE");

  private static final Pattern LOCALE = Pattern.compile("LC_[A-Z]+");

  /// Variables of scripts; those that programs look at are written large, but for these.
  private static final Pattern OWN = Pattern.compile("[a-z_][a-z0-9_]*");

  private static final Pattern LOOKED_AT = Pattern.compile(".*proxy|npm_.*|ld_.*|_.*");

  private static final Set<String> CHANGE_THE_SHELL =
      Set.of(
          "alias",
          "bind",
          "complete",
          "compgen",
          "compopt",
          "declare",
          "enable",
          "export",
          "fc",
          "getopts",
          "hash",
          "let",
          "local",
          "mapfile",
          "readarray",
          "readonly",
          "shopt",
          "typeset",
          "unalias",
          "unset");

  /// Builtins that compute with words that look like elements of arrays.
  private static final Set<String> COMPUTE = Set.of("test", "[", "printf", "read", "wait", "set");

  private static final Pattern PLAIN_SET = Pattern.compile("[-+][eu]*o?|pipefail|errexit|nounset");

  private Cautions() {}

  static SimpleCommand on(SimpleCommand command) {
    var why = why(command);
    return why == null ? command : command.withCaution(why);
  }

  private static @Nullable String why(SimpleCommand command) {
    boolean lasting = command.words().isEmpty();
    for (var assigned : command.assignments()) {
      if (!isHarmless(assigned.name(), lasting)) {
        return "setting " + assigned.name() + " can change what other commands do";
      }
    }
    return lasting ? null : aboutWords(command.words());
  }

  private static boolean isHarmless(String name, boolean lasting) {
    return HARMLESS.contains(name) || LOCALE.matcher(name).matches() || (lasting && isOwn(name));
  }

  private static boolean isOwn(String name) {
    return OWN.matcher(name).matches() && !LOOKED_AT.matcher(name).matches();
  }

  private static @Nullable String aboutWords(List<Word> words) {
    var name = words.getFirst().text();
    var rest = words.subList(1, words.size());
    if (CHANGE_THE_SHELL.contains(name)) {
      return name + " changes what the commands behind it do";
    }
    if (!COMPUTE.contains(name)) {
      return null;
    }
    boolean fits =
        switch (name) {
          case "set" ->
              rest.stream()
                  .allMatch(word -> word.isLiteral() && PLAIN_SET.matcher(word.text()).matches());
          case "read" -> rest.stream().allMatch(Cautions::isPlainForRead);
          case "printf" -> rest.isEmpty() || !rest.getFirst().mayBeOption();
          case String _ ->
              rest.stream().noneMatch(word -> word.is("-v") || word.text().contains("$("));
        };
    return fits ? null : name + " can run commands, or change variables, with these words";
  }

  private static boolean isPlainForRead(Word word) {
    return word.isLiteral() && (word.text().startsWith("-") || isOwn(word.text()));
  }
}
