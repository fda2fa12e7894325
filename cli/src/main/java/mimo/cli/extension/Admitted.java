package mimo.cli.extension;

import java.nio.file.Path;
import java.util.function.BiPredicate;
import mimo.cli.extension.Grounds.Owner;
import mimo.cli.script.Admission;
import org.jspecify.annotations.Nullable;

/// Whether texts of a repository count, asked about only where there is one. Confined to one
/// thread.
final class Admitted {

  private final Grounds grounds;
  private @Nullable BiPredicate<Path, String> trusted;
  private boolean refused;

  Admitted(Grounds grounds) {
    this.grounds = grounds;
  }

  boolean test(Path file, Owner owner, String text) {
    if (owner == Owner.USER) {
      return true;
    }
    var known = trusted;
    if (known == null) {
      known = grounds.admission().admitted(grounds.folder());
      trusted = known;
    }
    boolean counts = known.test(file, text);
    refused = refused || !counts;
    return counts;
  }

  /// Tells once that something does not count.
  void tell() {
    if (refused) {
      grounds.notices().accept(Admission.LEFT_ASIDE);
    }
  }
}
