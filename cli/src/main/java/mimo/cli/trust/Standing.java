package mimo.cli.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/// How a folder stands: what in it could run, and what of that the user has agreed to.
///
/// @param now what could run
/// @param trusted digests by path of what was agreed to last; empty if nothing was
public record Standing(Executables now, SortedMap<String, String> trusted) {

  /// What became of a file since it was agreed to.
  public enum Change {
    ADDED("+"),
    CHANGED("~"),
    REMOVED("-"),
    KEPT(" ");

    private final String mark;

    Change(String mark) {
      this.mark = mark;
    }

    public String mark() {
      return mark;
    }
  }

  /// A file, and what became of it.
  public record Entry(String path, Change change) {}

  /// Whether there is nothing that could run.
  public boolean needsNone() {
    return now.isEmpty();
  }

  /// Whether everything that could run is what was agreed to, or nothing could.
  public boolean isTrusted() {
    return needsNone() || now.files().equals(trusted);
  }

  /// Whether something was agreed to before.
  public boolean wasTrusted() {
    return !trusted.isEmpty();
  }

  /// All files there are or were, by path.
  public List<Entry> entries() {
    var paths = new TreeSet<>(now.files().keySet());
    paths.addAll(trusted.keySet());
    var entries = new ArrayList<Entry>();
    for (var path : paths) {
      var is = now.files().get(path);
      var was = trusted.get(path);
      var change =
          was == null
              ? Change.ADDED
              : is == null ? Change.REMOVED : is.equals(was) ? Change.KEPT : Change.CHANGED;
      entries.add(new Entry(path, change));
    }
    return entries;
  }
}
