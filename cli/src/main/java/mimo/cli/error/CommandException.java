package mimo.cli.error;

import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// A command cannot go on. Thrown on the command's own thread only and shown by its caller.
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public CommandException(String code, String message) {
    this(new Failure(code, message, null, null, null));
  }

  public CommandException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /// A failure at a place in a text the user wrote.
  public static CommandException at(
      SourcePosition position, String code, String message, @Nullable String source) {
    return new CommandException(new Failure(code, message, position, source, null));
  }
}
