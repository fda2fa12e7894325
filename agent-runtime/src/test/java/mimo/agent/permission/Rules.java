package mimo.agent.permission;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mimo.agent.permission.Rule.Layer;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;

/// Rules of tests, and what becomes of calls under them.
final class Rules {

  static final Path WORKSPACE = Path.of("/nowhere/work");

  private PermissionRules rules = PermissionRules.builtIn();
  private final SessionGrants grants = new SessionGrants();
  private final List<Grant> agreed = new ArrayList<>();
  private Path workspace = WORKSPACE;
  private Shelter shelter = Shelter.WAIVED;

  Rules user(String permission, String pattern, String decision) {
    return with(Layer.USER, permission, pattern, decision);
  }

  Rules repository(String permission, String pattern, String decision) {
    return with(Layer.REPOSITORY, permission, pattern, decision);
  }

  Rules with(Layer layer, String permission, String pattern, String decision) {
    rules =
        rules.and(
            List.of(
                new Rule(
                    permission, pattern, Decision.of(decision).orElseThrow(), layer, "file:1")));
    return this;
  }

  Rules allowing(Stream<String> patterns) {
    patterns.forEach(pattern -> user("bash", pattern, "allow"));
    return this;
  }

  Rules granted(String permission, String pattern) {
    grants.add(List.of(new Grant(permission, pattern)));
    return this;
  }

  Rules agreed(String permission, String pattern) {
    agreed.add(new Grant(permission, pattern));
    return this;
  }

  Rules in(Path folder) {
    workspace = folder;
    return this;
  }

  Rules in(Shelter other) {
    shelter = other;
    return this;
  }

  Permissions permissions() {
    return workspace().lifting(agreed);
  }

  private WorkspacePermissions workspace() {
    var place = new WorkspacePermissions.Place(workspace, Path.of("/nowhere/home"), () -> shelter);
    return new WorkspacePermissions(rules, place, grants);
  }

  Outlook outlook(String permission, String pattern) {
    return workspace().outlook(new Grant(permission, pattern));
  }

  Ruling bash(String line) {
    return ruled("bash", new Need.Command(line, false));
  }

  Ruling ruled(String tool, Need need) {
    return permissions().rule(new Call(tool, Effect.CHANGES, List.of(need)));
  }

  Decision decided(String tool, Need need) {
    return ruled(tool, need).decision();
  }
}
