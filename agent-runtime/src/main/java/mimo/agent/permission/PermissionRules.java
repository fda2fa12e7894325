package mimo.agent.permission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mimo.agent.permission.Rule.Layer;

/// Rules, and the one way to weigh them: among the patterns that match, deny beats ask beats allow,
/// whatever their order, and defaults count only where no pattern matches (A52). Immutable.
///
/// The user's rules and what was answered with "always" are weighed together, over what is built
/// in. Those of a repository and of an agent's definition are each weighed alone, and the strictest
/// result stands: so they can forbid, and never allow (A53).
public final class PermissionRules {

  private static final List<String> ALLOWED =
      List.of(
          "read",
          "glob",
          "grep",
          "task",
          "todo",
          "skill",
          "memory",
          "history",
          "agent",
          "question",
          "edit",
          "write",
          "multiedit",
          "notebook_edit",
          "workflow",
          "tools");

  private static final List<String> ASKED =
      List.of("bash", "network", "webfetch", "mcp", "external_directory", "doom_loop");

  /// Files with secrets, and not the example one copies.
  private static final String SECRETS = ".env*";

  private static final String EXAMPLE = ".env.example";

  private final List<Rule> rules;

  private PermissionRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// What counts where nobody says otherwise (A53).
  public static PermissionRules builtIn() {
    var rules = new ArrayList<Rule>();
    ALLOWED.forEach(name -> rules.add(Rule.builtIn(name, Rule.DEFAULT, Decision.ALLOW)));
    ASKED.forEach(name -> rules.add(Rule.builtIn(name, Rule.DEFAULT, Decision.ASK)));
    for (var name : List.of("read", "edit")) {
      rules.add(Rule.builtIn(name, SECRETS, Decision.ASK));
    }
    return new PermissionRules(rules);
  }

  /// These rules alone: where they say nothing, everything is allowed.
  static PermissionRules allowing(List<Rule> own) {
    return new PermissionRules(List.of(Rule.builtIn(Rule.DEFAULT, Rule.DEFAULT, Decision.ALLOW)))
        .and(own);
  }

  /// The names a rule may be about; MCP tools are all of `mcp`.
  public static Set<String> names() {
    var names = new TreeSet<String>(ALLOWED);
    names.addAll(ASKED);
    names.add(Rule.DEFAULT);
    return names;
  }

  /// The same, and these.
  public PermissionRules and(List<Rule> more) {
    return new PermissionRules(Stream.concat(rules.stream(), more.stream()).toList());
  }

  /// Whether some file must not be read, while others may.
  boolean denyAFileToBeRead() {
    return rules.stream()
        .anyMatch(rule ->
            rule.decision() == Decision.DENY
                && !rule.isDefault()
                && Set.of("read", Rule.DEFAULT).contains(rule.permission()));
  }

  /// Where commands run in a sandbox, they are allowed as a whole (A53).
  PermissionRules inSandbox() {
    return new PermissionRules(rules.stream().map(PermissionRules::allowingCommands).toList());
  }

  private static Rule allowingCommands(Rule rule) {
    boolean bash = rule.permission().equals("bash") && rule.layer() == Layer.BUILT_IN;
    return bash ? Rule.builtIn("bash", rule.pattern(), Decision.ALLOW) : rule;
  }

  /// Whether a name has any rule of its own.
  boolean knows(String permission) {
    return rules.stream().anyMatch(rule -> rule.permission().equals(permission));
  }

  /// Whether anybody restricts commands or files by patterns or by defaults.
  boolean restrictCommands() {
    return rules.stream()
        .filter(rule -> rule.layer() != Layer.BUILT_IN && rule.decision() != Decision.ALLOW)
        .anyMatch(rule -> Set.of("bash", "read", "edit", Rule.DEFAULT).contains(rule.permission()));
  }

  /// The patterns that restrict a permission.
  List<Rule> restricting(String permission) {
    return rules.stream()
        .filter(rule -> rule.permission().equals(permission) && !rule.isDefault())
        .filter(rule -> rule.decision() != Decision.ALLOW)
        .toList();
  }

  /// What the rules for `permission` make of `subject`.
  ///
  /// @param grants what was answered with "always"
  Ruling weigh(String permission, Subject subject, List<Rule> grants) {
    var granting = Stream.concat(rules.stream(), grants.stream());
    var found =
        base(permission, subject, granting.filter(it -> !it.layer().onlyNarrows()).toList());
    for (var layer : List.of(Layer.REPOSITORY, Layer.AGENT)) {
      var own = rules.stream().filter(rule -> rule.layer() == layer).toList();
      found = found.and(narrowed(permission, subject, own));
    }
    return found;
  }

  /// What rules about a tool's own name add to those about what it does; most have none.
  Ruling weighOwn(String tool, Subject subject, List<Rule> grants) {
    boolean given =
        rules.stream().anyMatch(it -> it.permission().equals(tool) && it.layer() != Layer.BUILT_IN);
    return given ? weigh(tool, subject, grants) : Ruling.allowed();
  }

  /// A rule that counts, and what it comes to here: what may be denied and may not is asked.
  private record Counted(Rule rule, Decision decision) {
    static Counted plain(Rule rule) {
      return new Counted(rule, rule.decision());
    }

    Ruling ruling(List<Rule> losing) {
      return decision == rule.decision()
          ? Ruling.by(rule, losing)
          : new Ruling(decision, "this may be meant by " + rule.text(), rule, losing, List.of());
    }
  }

  private static Ruling narrowed(String permission, Subject subject, List<Rule> own) {
    var patterns = matching(permission, subject, own);
    var counting = patterns.isEmpty() ? defaults(permission, own) : patterns;
    return counting.isEmpty() ? Ruling.allowed() : strictest(counting, List.of());
  }

  private static Ruling base(String permission, Subject subject, List<Rule> all) {
    var users = all.stream().filter(rule -> rule.layer() != Layer.BUILT_IN).toList();
    var builtIn = all.stream().filter(rule -> rule.layer() == Layer.BUILT_IN).toList();
    var patterns = matching(permission, subject, users);
    var counting = new ArrayList<>(patterns);
    counting.addAll(secret(permission, subject, builtIn, patterns));
    var unused = new ArrayList<Counted>();
    (patterns.isEmpty() ? counting : unused).addAll(defaults(permission, users));
    (counting.isEmpty() ? counting : unused).addAll(defaults(permission, builtIn));
    return counting.isEmpty()
        ? Ruling.always(Decision.ASK, "no rule is about " + permission)
        : strictest(counting, unused);
  }

  /// The built-in question for files with secrets; a rule of the user that names them takes its
  /// place.
  private static List<Counted> secret(
      String permission, Subject subject, List<Rule> builtIn, List<Counted> users) {
    boolean named =
        users.stream().anyMatch(each -> lastPart(each.rule().pattern()).startsWith(".env"));
    boolean example = subject instanceof FileSubject file && isExample(file);
    return named || example ? List.of() : matching(permission, subject, builtIn);
  }

  private static boolean isExample(FileSubject file) {
    return file.names().stream()
        .allMatch(name -> lastPart(name.inside()).toLowerCase(Locale.ROOT).equals(EXAMPLE));
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<Counted> matching(String permission, Subject subject, List<Rule> rules) {
    var found = new ArrayList<Counted>();
    for (var rule : rules) {
      if (!rule.permission().equals(permission) || rule.isDefault() || rule.pattern().isBlank()) {
        continue;
      }
      if (rule.decision() == Decision.ALLOW) {
        if (subject.allowedBy(rule.pattern())) {
          found.add(Counted.plain(rule));
        }
        continue;
      }
      switch (subject.restrictedBy(rule.pattern())) {
        case YES -> found.add(Counted.plain(rule));
        case MAYBE -> found.add(new Counted(rule, Decision.ASK));
        case NO -> {}
      }
    }
    return found;
  }

  /// What was agreed to for a run does not take the place of what the user says of everything.
  private static List<Counted> defaults(String permission, List<Rule> rules) {
    var own = defaultsOf(permission, rules);
    boolean saysSo = own.stream().anyMatch(each -> each.rule().layer() != Layer.RUN);
    return saysSo
        ? own
        : Stream.concat(own.stream(), defaultsOf(Rule.DEFAULT, rules).stream()).toList();
  }

  private static List<Counted> defaultsOf(String permission, List<Rule> rules) {
    return rules.stream()
        .filter(rule -> rule.isDefault() && rule.permission().equals(permission))
        .map(Counted::plain)
        .toList();
  }

  /// Of rules that say the same, the one that says it most exactly is named.
  private static Ruling strictest(List<Counted> counting, List<Counted> unused) {
    var deciding =
        counting.stream()
            .max(
                Comparator.comparing(Counted::decision)
                    .thenComparingInt(
                        each -> each.rule().isDefault() ? 0 : each.rule().pattern().length()))
            .orElseThrow();
    var losing =
        Stream.concat(counting.stream(), unused.stream())
            .filter(each -> !each.equals(deciding))
            .map(Counted::rule)
            .toList();
    return deciding.ruling(losing);
  }
}
