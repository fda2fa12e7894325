package mimo.agent.permission;

import java.nio.file.Path;

/// What an agent may do, whom it asks for more, and where answers are remembered.
///
/// @param shelter where its commands run; an agent that only looks needs to know
public record Authority(
    Permissions permissions, Approver approver, Grants grants, Shelter shelter) {

  /// The built-in rules, without a sandbox and with nobody to ask.
  ///
  /// @param workspace free of links
  public static Authority headless(Path workspace) {
    var grants = new SessionGrants();
    var place = new WorkspacePermissions.Place(workspace, workspace, Shelter.NONE);
    return new Authority(
        new WorkspacePermissions(PermissionRules.builtIn(), place, grants),
        Approver.nobody(),
        grants,
        Shelter.NONE);
  }

  /// The same for an agent that only looks (A40).
  public Authority readOnly() {
    return with(new ReadOnlyPermissions(permissions, shelter));
  }

  /// The same for an agent whose own rights are narrower (A41).
  public Authority narrowedBy(Permissions own) {
    return with(own.within(permissions));
  }

  private Authority with(Permissions others) {
    return new Authority(others, approver, grants, shelter);
  }
}
