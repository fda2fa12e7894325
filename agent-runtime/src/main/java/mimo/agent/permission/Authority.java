package mimo.agent.permission;

import java.nio.file.Path;
import java.util.List;

/// What an agent may do, whom it asks for more, and where answers are remembered.
///
/// @param place where it works; an agent that only looks needs to know what keeps its commands in
public record Authority(
    Permissions permissions, Approver approver, Grants grants, WorkspacePermissions.Place place) {

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
        place);
  }

  /// The same for an agent that only looks (A40).
  public Authority readOnly() {
    return with(new ReadOnlyPermissions(permissions, place.shelter()));
  }

  /// The same for an agent with rules of its own: both have to allow (A41).
  public Authority narrowedBy(List<Rule> own) {
    return own.isEmpty()
        ? this
        : with(
            new WorkspacePermissions(PermissionRules.allowing(own), place, new SessionGrants())
                .within(permissions));
  }

  private Authority with(Permissions others) {
    return new Authority(others, approver, grants, place);
  }
}
