package mimo.agent.permission;

import java.util.List;
import java.util.Optional;

/// What somebody is asked before a call runs.
///
/// @param call what it needs: the command, the path or the address as it was asked for
/// @param ruling why it is asked, and what "always" would allow, to be shown before it is chosen
/// @param preview what would change, as a diff, if the tool can tell
/// @param links which of the paths lead elsewhere, and where: what is decided is decided about that
public record Question(Call call, Ruling ruling, Optional<String> preview, List<Link> links) {

  /// A path that leads through a link.
  ///
  /// @param path as it was asked for
  /// @param target the file that is meant
  public record Link(String path, String target) {}

  public Question {
    links = List.copyOf(links);
  }

  public Question(Call call, Ruling ruling, Optional<String> preview) {
    this(call, ruling, preview, List.of());
  }

  /// Whether an answer may be remembered.
  public boolean canBeRemembered() {
    return !ruling.always().isEmpty();
  }
}
