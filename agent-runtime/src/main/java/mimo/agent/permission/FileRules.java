package mimo.agent.permission;

import java.nio.file.Path;
import java.util.List;
import mimo.agent.permission.Targets.Target;

/// Rules a single file or folder: by what is done with it, where it lies, and whether it is
/// protected.
final class FileRules {

  private static final String NOWHERE = "nobody can tell where '%s' leads";

  private final PermissionRules rules;
  private final Targets targets;

  FileRules(PermissionRules rules, Targets targets) {
    this.rules = rules;
    this.targets = targets;
  }

  /// What is done with a file.
  enum Access {
    READ("read"),
    WRITE("edit");

    private final String permission;

    Access(String permission) {
      this.permission = permission;
    }

    String permission() {
      return permission;
    }
  }

  /// What a tool wants to do with a path from the workspace.
  Ruling byTool(String tool, Access access, String path, List<Rule> grants) {
    var found = targets.of(targets.workspace(), path);
    if (found.isEmpty()) {
      return Ruling.always(Decision.ASK, NOWHERE.formatted(path));
    }
    var target = found.get();
    var ruling = rules.weigh(access.permission(), target.subject(), grants);
    if (!tool.equals(access.permission())) {
      ruling = ruling.and(rules.weighOwn(tool, target.subject(), grants));
    }
    ruling = remembered(ruling, access.permission(), target);
    if (!targets.isInside(target)) {
      ruling = ruling.and(outside(target, grants));
    }
    return access == Access.WRITE ? guarded(ruling, target, path) : ruling;
  }

  /// What a redirection of a command does with a path.
  ///
  /// @param folder where the path begins
  Ruling byShell(Access access, Path folder, String path, List<Rule> grants, Shelter shelter) {
    var found = targets.of(folder, path);
    if (found.isEmpty()) {
      return Ruling.always(Decision.ASK, NOWHERE.formatted(path));
    }
    var target = found.get();
    var ruling =
        remembered(
            rules.weigh(access.permission(), target.subject(), grants),
            access.permission(),
            target);
    if (shelter.confines()) {
      // The sandbox decides what can be reached, and keeps protected paths read-only.
      return ruling;
    }
    if (!targets.isInside(target)) {
      ruling = ruling.and(outside(target, grants));
    }
    return access == Access.WRITE ? guarded(ruling, target, path) : ruling;
  }

  private Ruling outside(Target target, List<Rule> grants) {
    var ruling = rules.weigh("external_directory", target.subject(), grants);
    return remembered(ruling, "external_directory", target);
  }

  private Ruling guarded(Ruling ruling, Target target, String path) {
    return targets.isProtected(target)
        ? Ruling.always(
                Decision.ASK,
                "'"
                    + path
                    + "' is protected: a program obeys it later, so each change is asked for")
            .and(ruling)
            .neverRemembered()
        : ruling;
  }

  /// "Always" means this very file; where a pattern asks, or links are in the way, it means
  /// nothing.
  private Ruling remembered(Ruling ruling, String permission, Target target) {
    var names = target.subject().names();
    var path = names.getFirst().inside();
    boolean plain = names.size() == 1 && !Wildcards.areIn(path) && !path.startsWith("~");
    return ruling.decision() == Decision.ASK && plain && canBeLifted(ruling, path)
        ? ruling.withAlways(List.of(new Grant(permission, path)))
        : ruling;
  }

  private static boolean canBeLifted(Ruling ruling, String path) {
    var rule = ruling.rule();
    if (rule == null || rule.layer().onlyNarrows()) {
      return false;
    }
    boolean secret = path.substring(path.lastIndexOf('/') + 1).startsWith(".env");
    return rule.isDefault() || (rule.layer() == Rule.Layer.BUILT_IN && secret);
  }
}
