package mimo.agent.testing;

import java.nio.file.Path;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Ruling;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;

/// What agents of tests may do.
public final class Authorities {

  private Authorities() {}

  /// All that their tools can.
  public static Authority everything() {
    return new Authority(
        _ -> Ruling.allowed(),
        Approver.nobody(),
        new SessionGrants(),
        new WorkspacePermissions.Place(Path.of("/"), Path.of("/"), () -> Shelter.WAIVED));
  }
}
