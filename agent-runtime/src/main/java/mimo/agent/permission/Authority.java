package mimo.agent.permission;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mimo.agent.tool.Need;

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
    var place = new WorkspacePermissions.Place(workspace, workspace, () -> Shelter.NONE);
    return new Authority(
        new WorkspacePermissions(PermissionRules.builtIn(), place, grants),
        Approver.nobody(),
        grants,
        place);
  }

  /// The same for an agent that only looks (A40): where there is a sandbox, its commands see the
  /// workspace and cannot write it.
  public Authority readOnly() {
    var looking = place.lookingOnly();
    return new Authority(
        new ReadOnlyPermissions(permissions, looking.sheltering()), approver, grants, looking);
  }

  /// The same, asking somebody else.
  public Authority asking(Approver other) {
    return new Authority(permissions, other, grants, place);
  }

  /// The same for an agent with rules of its own: both have to allow (A41).
  public Authority narrowedBy(List<Rule> own) {
    return own.isEmpty()
        ? this
        : with(
            new WorkspacePermissions(PermissionRules.allowing(own), place, new SessionGrants())
                .within(permissions));
  }

  /// The paths of a call that lead elsewhere.
  public List<Question.Link> links(Call call) {
    var targets = new Targets(place.workspace(), place.home());
    return call.needs().stream().flatMap(need -> link(targets, need).stream()).toList();
  }

  private static Optional<Question.Link> link(Targets targets, Need need) {
    return switch (need) {
      case Need.Read(var path) -> targets.link(path);
      case Need.Write(var path) -> targets.link(path);
      case Need.Command(_, _, var folder) when !folder.isEmpty() -> targets.link(folder);
      case Need.Use _, Need.Command _, Need.Fetch _, Need.Server _ -> Optional.empty();
    };
  }

  private Authority with(Permissions others) {
    return new Authority(others, approver, grants, place);
  }
}
