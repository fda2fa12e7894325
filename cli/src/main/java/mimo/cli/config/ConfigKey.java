package mimo.cli.config;

import java.util.List;

/// One key a configuration file may hold: where it stands, what it takes, and who may set it.
///
/// @param path the names from the top of the file down; `*` stands for any name
/// @param presence whether the object it stands in makes sense without it
/// @param about one sentence for people and editors
record ConfigKey(
    List<String> path, ValueKind kind, Setter setter, Presence presence, String about) {

  static final String ANY = "*";

  ConfigKey {
    path = List.copyOf(path);
  }

  /// Who may set a key (A79, S28).
  enum Setter {
    ANYONE,
    /// Not a repository: its files come with the code one looks at.
    USER_ONLY
  }

  enum Presence {
    OPTIONAL,
    REQUIRED
  }

  /// Whether this key's path begins as `names` do.
  boolean isBelow(List<String> names) {
    return names.size() <= path.size() && matches(path.subList(0, names.size()), names);
  }

  boolean isAt(List<String> names) {
    return names.size() == path.size() && isBelow(names);
  }

  static boolean matches(List<String> pattern, List<String> names) {
    if (pattern.size() != names.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(names.get(i))) {
        return false;
      }
    }
    return true;
  }
}
