package mimo.agent.permission;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;

/// What a user can say to something a script asks for (L7). It tells people what an answer would
/// mean; what comes of it is decided call by call, by [WorkspacePermissions#lifting].
///
/// @param stand what the user's own rules leave to be said
/// @param reason what decided that; empty where an answer decides
/// @param exceptions rules about single things among those asked for, which stay as they are
public record Outlook(Grant asked, Stand stand, String reason, List<Rule> exceptions) {

  /// How something stands that is asked for.
  public enum Stand {
    /// An answer decides.
    OPEN,
    /// It needs no answer.
    ALLOWED,
    /// The user's rules deny it, or ask each time, or nobody may ask for it.
    REFUSED
  }

  /// Asking for everything would tell nobody anything, and a loop is not something that is done.
  private static final Set<String> NEVER_ASKED_FOR = Set.of(Rule.DEFAULT, "doom_loop");

  /// Patterns that mean everything, or nearly, and do not look like it: wildcards, with or without
  /// the scheme and the port of a server.
  private static final Pattern ALL_WILD =
      Pattern.compile("(?=.*[*?])(?:https?://)?[*?./\\s]*(?::[0-9]+)?[*?./\\s]*");

  /// What may look like the end of a pattern, or like another line.
  private static final Pattern LOOKS_LIKE_OTHER_TEXT = Pattern.compile("\"| {2}|^ | $");

  /// Letters and marks that most terminals show as nothing.
  private static final Pattern BLANK =
      Pattern.compile(
          "[\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}\\x{3164}"
              + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]");

  /// What the names of all tools of MCP servers begin with, and no more.
  private static final Pattern ALL_SERVERS = Pattern.compile("m?c?p?[*?_]*[*?][*?_]*");

  private static final Set<String> ABOUT_FILES =
      Set.of("read", "edit", "write", "multiedit", "notebook_edit", "external_directory");

  public Outlook {
    exceptions = List.copyOf(exceptions);
  }

  /// Why something cannot be asked for at all; nothing if it can.
  public static Optional<Outlook> unaskable(Grant asked) {
    return why(asked).map(reason -> new Outlook(asked, Stand.REFUSED, reason, List.of()));
  }

  private static Optional<String> why(Grant asked) {
    if (NEVER_ASKED_FOR.contains(asked.permission())) {
      return Optional.of("a script has to name what its agents are to do");
    }
    if (!PermissionRules.names().contains(asked.permission())) {
      var names = new TreeSet<>(PermissionRules.names());
      names.removeAll(NEVER_ASKED_FOR);
      return Optional.of("there is no such permission; there are: " + String.join(", ", names));
    }
    var pattern = asked.pattern();
    if (pattern.isBlank()) {
      return Optional.of("an empty pattern means nothing");
    }
    if (pattern.length() > AgentLimits.REQUESTED_PATTERN_CHARS) {
      return Optional.of(
          "the pattern has more than %d characters".formatted(AgentLimits.REQUESTED_PATTERN_CHARS));
    }
    if (BLANK.matcher(pattern).find() || !pattern.codePoints().allMatch(Outlook::isShownAsItIs)) {
      return Optional.of("the pattern holds characters that cannot be shown");
    }
    if (LOOKS_LIKE_OTHER_TEXT.matcher(pattern).find()) {
      return Optional.of("the pattern holds a quote or spaces that may look like more text");
    }
    return namesNothing(asked)
        ? Optional.of("the pattern names nothing; without patterns it asks for everything")
        : Optional.empty();
  }

  /// Asking for all of a permission is something else: everybody sees that, and the user's defaults
  /// count.
  private static boolean namesNothing(Grant asked) {
    var pattern = asked.pattern();
    return !pattern.equals(Rule.DEFAULT)
        && (ALL_WILD.matcher(pattern).matches()
            || (asked.permission().equals("mcp") && ALL_SERVERS.matcher(pattern).matches()));
  }

  /// Nobody agrees to what he cannot see.
  private static boolean isShownAsItIs(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }

  /// @param given what was answered with "always"
  /// @param shelter what commands run within
  static Outlook of(Grant asked, PermissionRules rules, List<Rule> given, Shelter shelter) {
    var name = asked.permission();
    var subject = Asked.of(asked);
    var weighing = shelter.confines() ? rules.inSandbox() : rules;
    var now = weighing.weigh(name, subject, given);
    if (now.decision() == Decision.DENY) {
      return new Outlook(asked, Stand.REFUSED, now.reason(), List.of());
    }
    if (shelter == Shelter.NONE) {
      var reason = "no sandbox confines commands here, so each is asked for";
      return new Outlook(asked, Stand.REFUSED, reason, List.of());
    }
    var exceptions =
        rules.restricting(name).stream()
            .filter(rule -> subject.restrictedBy(rule.pattern()) == Subject.Match.NO)
            .toList();
    if (now.decision() == Decision.ALLOW) {
      return new Outlook(asked, Stand.ALLOWED, now.reason(), exceptions);
    }
    var agreed = Stream.concat(given.stream(), Stream.of(asked.ruleOfRun())).toList();
    var then = weighing.weigh(name, subject, agreed);
    return then.decision() == Decision.ALLOW
        ? new Outlook(asked, Stand.OPEN, "", exceptions)
        : new Outlook(asked, Stand.REFUSED, then.reason(), List.of());
  }

  /// All that a pattern means, as one thing: a rule is about it if it means all of it.
  ///
  /// @param files whether it is about paths
  private record Asked(String pattern, boolean files) implements Subject {
    static Asked of(Grant asked) {
      return new Asked(asked.pattern(), ABOUT_FILES.contains(asked.permission()));
    }

    @Override
    public Match restrictedBy(String rule) {
      boolean within = files && pattern.startsWith(rule.endsWith("/") ? rule : rule + "/");
      return within || covers(rule) ? Match.YES : Match.NO;
    }

    @Override
    public boolean allowedBy(String rule) {
      return covers(rule);
    }

    /// A last word `*` may stand for nothing.
    private boolean covers(String rule) {
      var last = pattern.substring(pattern.lastIndexOf('/') + 1);
      return Wildcards.match(rule, pattern)
          || (!files && Wildcards.match(rule, pattern + " "))
          || (files && !rule.contains("/") && !last.isEmpty() && Wildcards.match(rule, last));
    }
  }
}
