package mimo.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import mimo.agent.AgentLimits;

/// The standard input and standard error of a command, each served by a thread of its own.
final class PipedStreams {

  private final InputStream errors;
  private final Thread reader;

  private PipedStreams(InputStream errors, Thread reader) {
    this.errors = errors;
    this.reader = reader;
  }

  static PipedStreams of(Process process, Pipes pipes) {
    Thread.ofVirtual().name("command-input").start(() -> write(process, pipes.input()));
    var errors = process.getErrorStream();
    var reader =
        Thread.ofVirtual().name("command-errors").start(() -> read(errors, pipes.errors()));
    return new PipedStreams(errors, reader);
  }

  private static void write(Process process, String input) {
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notRead) {
      // Whoever has no need of it leaves it.
    }
  }

  private static void read(InputStream stream, OutputSink sink) {
    byte[] buffer = new byte[8192];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        sink.accept(buffer, read);
      }
    } catch (IOException closed) {
      // The command has ended, and nobody waits any longer for what still holds this.
    }
  }

  /// Waits for the last words of a command that has ended.
  void finish() throws InterruptedException {
    try {
      if (!reader.join(Duration.ofMillis(AgentLimits.COMMAND_DRAIN_MILLIS))) {
        errors.close();
      }
    } catch (IOException alreadyClosed) {
      // Nothing more can come.
    }
  }
}
