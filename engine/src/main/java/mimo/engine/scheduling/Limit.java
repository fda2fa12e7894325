package mimo.engine.scheduling;

/// How many bodies of some kind may run at once in this process.
///
/// @param name for messages; kinds with equal limits share their permits
public record Limit(String name, int permits) {

  public Limit {
    if (permits < 1) {
      throw new IllegalArgumentException(
          "limit '" + name + "' has " + permits + " permits, it needs at least 1");
    }
  }
}
