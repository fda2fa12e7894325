package mimo.agent.snapshot;

import java.util.ArrayList;
import java.util.List;

/// A file that one state of a workspace has otherwise than another.
///
/// @param from its mode and content in the one; empty if it has no such file
/// @param to the same in the other
/// @param tree names the other
record Exchange(String path, String from, String to, String tree) {

  private static final String NO_MODE = "000000";

  /// Reads what `git diff-tree -z --raw` says: `:MODE MODE CONTENT CONTENT KIND`, then the path.
  static List<Exchange> parse(List<String> parts, String tree) {
    var all = new ArrayList<Exchange>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      var fields = parts.get(i).substring(1).split(" ", -1);
      all.add(
          new Exchange(
              parts.get(i + 1),
              version(fields[0], fields[2]),
              version(fields[1], fields[3]),
              tree));
    }
    return all;
  }

  static String version(String mode, String content) {
    return mode.equals(NO_MODE) ? "" : mode + " " + content;
  }
}
