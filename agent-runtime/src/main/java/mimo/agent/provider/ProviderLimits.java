package mimo.agent.provider;

import java.time.Duration;

/// The limits of talking to providers (A26, A29, S78).
public final class ProviderLimits {

  /// Tries of one request that is refused for now, or finds nobody.
  public static final int REQUEST_TRIES = 4;

  /// Tries of one step whose stream breaks.
  public static final int STREAM_TRIES = 5;

  /// The most the first delay may take; it doubles with each try.
  public static final Duration FIRST_DELAY = Duration.ofMillis(500);

  /// The most any delay before another try may take.
  public static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /// A provider that asks for more patience than this ends the step.
  public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  /// The longest a connection may take to come about.
  public static final Duration CONNECT = Duration.ofSeconds(10);

  /// The longest silence of a provider, before and within its reply.
  public static final Duration IDLE = Duration.ofMinutes(1);

  /// The longest one try may last, however busy its stream is.
  public static final Duration TRY = Duration.ofMinutes(30);

  /// One line of a stream, and the data of one event.
  public static final int LINE_BYTES = 8 << 20;

  /// One whole reply.
  public static final long REPLY_BYTES = 64L << 20;

  /// What is read of a refusal.
  public static final int REFUSAL_BYTES = 64 << 10;

  /// What a message quotes of a provider's text.
  public static final int QUOTED_CHARS = 300;

  /// The most a reply may have where its protocol demands a limit; every current model takes it.
  public static final long OUTPUT_TOKENS = 32_000;

  /// Idle connections kept for the next requests; as many as agents work at once.
  public static final int IDLE_CONNECTIONS = 128;

  /// All the time looking for model servers on this machine may take (A20).
  public static final Duration PROBE = Duration.ofMillis(150);

  /// What is read of a probed server's list of models.
  public static final int PROBE_BYTES = 256 << 10;

  private ProviderLimits() {}
}
