package mimo.agent.permission;

import java.util.Optional;

/// What somebody is asked before a call runs.
///
/// @param call what it needs: the command, the path or the address as it was asked for
/// @param ruling why it is asked, and what "always" would allow, to be shown before it is chosen
/// @param preview what would change, as a diff, if the tool can tell
public record Question(Call call, Ruling ruling, Optional<String> preview) {

  /// Whether an answer may be remembered.
  public boolean canBeRemembered() {
    return !ruling.always().isEmpty();
  }
}
