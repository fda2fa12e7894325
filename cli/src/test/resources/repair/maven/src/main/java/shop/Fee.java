package shop;

/// What shipping costs, in cents.
public final class Fee {

  private Fee() {}

  public static long of(long cents) {
    return cents > 5_000 ? 0 : 490;
  }
}
