package mimo.agent.memory;

import org.jspecify.annotations.Nullable;

/// The memory cannot be used as somebody wants. Each kind has a stable snake_case [#code()].
public final class MemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  private MemoryException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }

  /// Another process has been writing for too long.
  static MemoryException busy(String what) {
    return new MemoryException(
        "memory_busy", "another mimo has been writing " + what + " for too long", null);
  }

  /// A file does not hold what it should.
  static MemoryException unreadable(String message) {
    return new MemoryException("memory_unreadable", message, null);
  }

  /// There is no such entry or file.
  public static MemoryException unknown(String message) {
    return new MemoryException("memory_unknown", message, null);
  }

  /// A name means several things.
  public static MemoryException ambiguous(String message) {
    return new MemoryException("memory_ambiguous", message, null);
  }

  /// A file cannot be read or written.
  public static MemoryException failed(String message, Throwable cause) {
    return new MemoryException("memory_failed", message, cause);
  }

  /// Somebody's words would become an instruction who may give none (M4).
  static MemoryException untrusted(Source source, MemoryPlace place, String heading) {
    var where = heading.isEmpty() ? place.name() : place.name() + ", " + heading;
    return new MemoryException(
        "memory_untrusted",
        "words from %s make and unmake no instruction (%s) unless you approve it"
            .formatted(source.word(), where),
        null);
  }

  /// The user wants nothing written.
  static MemoryException off() {
    return new MemoryException(
        "memory_off", "memory.write is off, so nothing is added to the memory", null);
  }
}
