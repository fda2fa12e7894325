package mimo.agent.permission;

import java.util.List;

/// A file or folder, by every name that leads to it: as it was asked for, and where links lead.
///
/// A pattern is held against the path from the workspace, or the absolute path where it begins with
/// `/` or `~`. One without `/` also means files of that name in any folder. A rule that restricts a
/// folder restricts all that lies in it.
///
/// @param names what it is called
/// @param home what `~` stands for
record FileSubject(List<Name> names, String home) implements Subject {

  FileSubject {
    names = List.copyOf(names);
  }

  /// One name.
  ///
  /// @param inside the path from the workspace; the absolute one if it lies outside
  record Name(String inside, String absolute) {}

  @Override
  public Match restrictedBy(String pattern) {
    return names.stream().anyMatch(name -> restricts(pattern, name)) ? Match.YES : Match.NO;
  }

  @Override
  public boolean allowedBy(String pattern) {
    return names.stream().allMatch(name -> matches(pattern, text(pattern, name)));
  }

  private boolean restricts(String pattern, Name name) {
    var text = text(pattern, name);
    for (int end = text.indexOf('/', 1); end > 0; end = text.indexOf('/', end + 1)) {
      if (matches(pattern, text.substring(0, end))) {
        return true;
      }
    }
    return matches(pattern, text);
  }

  private String text(String pattern, Name name) {
    return pattern.startsWith("/") || pattern.startsWith("~") ? name.absolute() : name.inside();
  }

  private boolean matches(String written, String text) {
    var pattern = written;
    if (pattern.startsWith("~") && (pattern.length() == 1 || pattern.charAt(1) == '/')) {
      pattern = home + pattern.substring(1);
    } else if (pattern.startsWith("./")) {
      pattern = pattern.substring(2);
    }
    if (pattern.length() > 1 && pattern.endsWith("/")) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    return Wildcards.match(pattern, text)
        || (!pattern.contains("/")
            && Wildcards.match(pattern, text.substring(text.lastIndexOf('/') + 1)))
        || (pattern.startsWith("**/") && Wildcards.match(pattern.substring(3), text));
  }
}
