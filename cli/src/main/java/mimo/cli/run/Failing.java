package mimo.cli.run;

import java.io.IOException;
import mimo.cli.error.CommandException;
import mimo.compose.ComposeException;
import mimo.engine.EngineException;
import mimo.sandbox.SandboxException;

/// Where the failures of the other rooms become failures of a command.
public final class Failing {

  private Failing() {}

  /// Something that can fail or be interrupted.
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /// Something that can fail.
  public interface Question<T> {
    T ask();
  }

  /// Something to read.
  public interface Reading<T> {
    T ask() throws IOException;
  }

  /// Opens something on top of `below`, and closes `below` if that fails.
  public static <T> T closing(AutoCloseable below, Work<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (InterruptedException | RuntimeException failure) {
      close(below, failure);
      if (failure instanceof RuntimeException told) {
        throw translated(told);
      }
      throw failure;
    }
  }

  public static <T> T told(Question<T> question) {
    try {
      return question.ask();
    } catch (RuntimeException failure) {
      throw translated(failure);
    }
  }

  /// The same for a question whose answer takes a while.
  public static <T> T waited(Work<T> question) throws InterruptedException {
    try {
      return question.run();
    } catch (RuntimeException failure) {
      throw translated(failure);
    }
  }

  /// A question about something that the failure is to name.
  public static <T> T told(Reading<T> question, String about) throws IOException {
    try {
      return question.ask();
    } catch (EngineException e) {
      throw new CommandException(e.code(), about + ": " + e.getMessage());
    }
  }

  private static RuntimeException translated(RuntimeException failure) {
    return switch (failure) {
      case EngineException engine -> command(engine.code(), engine);
      case ComposeException compose -> command(compose.code(), compose);
      case SandboxException sandbox -> command(sandbox.code(), sandbox);
      case RuntimeException other -> other;
    };
  }

  private static CommandException command(String code, RuntimeException cause) {
    var told = new CommandException(code, String.valueOf(cause.getMessage()));
    told.initCause(cause);
    return told;
  }

  private static void close(AutoCloseable below, Exception failure) {
    try {
      below.close();
    } catch (Exception second) {
      failure.addSuppressed(second);
    }
  }
}
