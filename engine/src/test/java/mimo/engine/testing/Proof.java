package mimo.engine.testing;

/// How long a proof goes on: a little on each build, much longer when proof itself is asked for.
///
/// A proof repeats one claim over many cuts, kills or seeds. `-Pproof` sets the system property
/// `mimo.proof`; without it the build stays short.
public final class Proof {

  private static final String WHOLE = "mimo.proof";

  private Proof() {}

  /// How often a proof repeats its claim.
  ///
  /// @param ci on each build
  /// @param full under `-Pproof`
  public static int rounds(int ci, int full) {
    return Boolean.getBoolean(WHOLE) ? full : ci;
  }
}
