package mimo.agent.permission;

import java.nio.file.Path;
import java.util.List;
import mimo.agent.permission.FileRules.Access;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;

/// The rights of an agent in a workspace, by rules (A52, A53). Thread-safe.
public final class WorkspacePermissions implements Permissions {

  private final PermissionRules rules;
  private final Place place;
  private final Targets targets;
  private final FileRules files;
  private final Grants grants;

  /// Where an agent works.
  ///
  /// @param workspace free of links
  /// @param home what `~` stands for
  /// @param sheltering what its commands run within
  public record Place(Path workspace, Path home, Sheltering sheltering) {

    /// What its commands run within.
    public Shelter shelter() {
      return sheltering.shelter();
    }

    /// The same for an agent that only looks.
    Place lookingOnly() {
      return new Place(workspace, home, () -> shelter().lookingOnly());
    }
  }

  public WorkspacePermissions(PermissionRules rules, Place place, Grants grants) {
    this.rules = rules;
    this.place = place;
    this.targets = new Targets(place.workspace(), place.home());
    this.files = new FileRules(rules, targets);
    this.grants = grants;
  }

  @Override
  public Ruling rule(Call call) {
    var given = grants.rules();
    var ruling = Ruling.allowed();
    for (var need : call.needs()) {
      ruling = ruling.and(rule(call, need, given));
    }
    return ruling;
  }

  /// The same in a run whose user agreed to more when it was launched (L7): what would be asked for
  /// is allowed where that allows it. What is denied stays denied, and what a pattern asks for, or
  /// a protected file, is asked for all the same.
  public Permissions lifting(List<Grant> agreed) {
    if (agreed.isEmpty()) {
      return this;
    }
    var more = grants.and(agreed.stream().map(Grant::ruleOfRun).toList());
    var lifted = new WorkspacePermissions(rules, place, more);
    return call -> {
      var usual = rule(call);
      if (usual.decision() != Decision.ASK) {
        return usual;
      }
      var ruling = lifted.rule(call);
      return ruling.decision() == Decision.ALLOW ? ruling : usual;
    };
  }

  /// What the rules say now of what a script asks for.
  public Outlook outlook(Grant asked) {
    var shelter = CommandRules.areMeantBy(asked.permission()) ? place.shelter() : Shelter.SANDBOX;
    return Outlook.of(asked, rules, grants.rules(), shelter);
  }

  private Ruling rule(Call call, Need need, List<Rule> given) {
    return switch (need) {
      case Need.Use _ -> use(call, given);
      case Need.Read(var path) -> files.byTool(call.tool(), Access.READ, path, given);
      case Need.Write(var path) -> files.byTool(call.tool(), Access.WRITE, path, given);
      case Need.Command command -> commands().rule(command, given);
      case Need.Fetch(var url) -> fetch(url, given);
      case Need.Server server -> server(call, server, given);
    };
  }

  /// Made anew for each command: what they run within is not known before there is one.
  private CommandRules commands() {
    var shelter = place.shelter();
    return new CommandRules(shelter.confines() ? rules.inSandbox() : rules, targets, shelter);
  }

  /// What a server declares of its tools allows nothing; only rules and answers do.
  private Ruling server(Call call, Need.Server server, List<Rule> given) {
    var subject = new ServerSubject(subject(call.tool(), server.name()), call.tool());
    var ruling =
        rules.weigh("mcp", subject, given).and(rules.weighOwn(call.tool(), subject, given));
    if (!server.caution().isEmpty()) {
      return Ruling.always(Decision.ASK, server.caution()).and(ruling).neverRemembered();
    }
    if (server.where() == Need.Server.Where.HERE && place.shelter() == Shelter.NONE) {
      return Ruling.always(
              Decision.ASK,
              "no sandbox confines local servers here, so each call is asked for and rules that"
                  + " allow do not count")
          .and(ruling)
          .neverRemembered();
    }
    return asksByDefault(ruling)
        ? ruling.withAlways(List.of(new Grant("mcp", subject.name())))
        : ruling;
  }

  /// What rules know a call by: tools that reach all servers are known by the one they are to
  /// reach.
  private static String subject(String tool, String server) {
    return switch (tool) {
      case "mcp_resources" -> "mcp__" + server + "__resources";
      case "mcp_prompts" -> "mcp__" + server + "__prompts";
      default -> tool;
    };
  }

  /// A tool that no rule knows is one of an MCP server.
  private Ruling use(Call call, List<Rule> given) {
    var subject = new ToolSubject(call.tool());
    if (call.tool().equals(CommandRules.BASH)) {
      return commands().job(subject, given);
    }
    if (rules.knows(call.tool())) {
      return rules.weigh(call.tool(), subject, given);
    }
    var ruling = rules.weigh("mcp", subject, given);
    if (call.effect() == Effect.READS && ruling.rule() != null && isBuiltIn(ruling.rule())) {
      return Ruling.allowed();
    }
    return asksByDefault(ruling)
        ? ruling.withAlways(List.of(new Grant("mcp", call.tool())))
        : ruling;
  }

  private static boolean isBuiltIn(Rule rule) {
    return rule.layer() == Rule.Layer.BUILT_IN;
  }

  private Ruling fetch(String url, List<Rule> given) {
    return OriginSubject.of(url)
        .map(origin -> {
          var ruling = rules.weigh("webfetch", origin, given);
          return asksByDefault(ruling)
              ? ruling.withAlways(List.of(new Grant("webfetch", origin.origin())))
              : ruling;
        })
        .orElseGet(() ->
            Ruling.always(
                Decision.DENY, "'" + url + "' is no address of http or https without user info"));
  }

  private static boolean asksByDefault(Ruling ruling) {
    var rule = ruling.rule();
    return ruling.decision() == Decision.ASK
        && rule != null
        && rule.isDefault()
        && !rule.layer().onlyNarrows();
  }

  /// A call to a server: what forbids the tool or the server forbids it, and only what names the
  /// server allows it.
  ///
  /// @param name what rules know it by
  private record ServerSubject(String name, String tool) implements Subject {
    @Override
    public Match restrictedBy(String pattern) {
      return Wildcards.match(pattern, name) || Wildcards.match(pattern, tool)
          ? Match.YES
          : Match.NO;
    }

    @Override
    public boolean allowedBy(String pattern) {
      return Wildcards.match(pattern, name);
    }
  }

  /// A tool's name, which patterns match as text.
  private record ToolSubject(String name) implements Subject {
    @Override
    public Match restrictedBy(String pattern) {
      return Wildcards.match(pattern, name) ? Match.YES : Match.NO;
    }

    @Override
    public boolean allowedBy(String pattern) {
      return Wildcards.match(pattern, name);
    }
  }
}
