package mimo.cli.doctor;

import java.util.Locale;

/// One thing that was looked at.
///
/// @param area what it belongs to, one word
/// @param what what was found, one sentence
/// @param remedy what to do about it; empty if nothing has to be done
public record Finding(String area, Verdict verdict, String what, String remedy) {

  /// How good it is.
  public enum Verdict {
    OK,
    /// mimo works, but not as well as it could.
    WARN,
    /// Something of mimo does not work.
    FAIL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String area, String what) {
    return new Finding(area, Verdict.OK, what, "");
  }

  static Finding warn(String area, String what, String remedy) {
    return new Finding(area, Verdict.WARN, what, remedy);
  }

  static Finding fail(String area, String what, String remedy) {
    return new Finding(area, Verdict.FAIL, what, remedy);
  }
}
