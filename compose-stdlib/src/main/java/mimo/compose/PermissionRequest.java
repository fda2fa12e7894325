package mimo.compose;

import java.util.List;

/// Something a script would like its agents to be allowed (L6); the user decides.
///
/// @param permission what kind of thing, for example `bash`
/// @param patterns which of them; empty for all
/// @param reason what the script wants it for; empty if it does not say
public record PermissionRequest(String permission, List<String> patterns, String reason) {
  public PermissionRequest {
    patterns = List.copyOf(patterns);
  }
}
