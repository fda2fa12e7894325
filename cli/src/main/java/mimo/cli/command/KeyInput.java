package mimo.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.TerminalEcho.Hidden;

/// Reads a key without showing it: typed at a terminal that shows nothing, or piped. Never a word
/// of the command line, which other users of the machine can see.
final class KeyInput {

  private static final int MOST_BYTES = 64 * 1024;

  private final Setting setting;
  private final InputStream piped;
  private final Echo echo;

  /// Stops a terminal from showing what is typed.
  @FunctionalInterface
  interface Echo {
    Hidden hide() throws IOException;
  }

  KeyInput(Setting setting, InputStream piped, Echo echo) {
    this.setting = setting;
    this.piped = piped;
    this.echo = echo;
  }

  /// The key; never empty.
  String read(String question) throws InterruptedException {
    try {
      var keyboard = setting.terminal().input();
      var key = (keyboard == null ? piped() : typed(keyboard, question)).strip();
      if (key.isEmpty()) {
        throw new CommandException("auth_key_missing", "no key came in");
      }
      return key;
    } catch (IOException unreadable) {
      throw new CommandException(
          "auth_key_missing", "no key could be read: " + unreadable.getMessage());
    }
  }

  private String piped() throws IOException {
    return new String(piped.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
  }

  /// On a thread of its own: a line that is being typed cannot be interrupted, leaving it can.
  private String typed(BufferedReader keyboard, String question)
      throws IOException, InterruptedException {
    var err = setting.terminal().err();
    var line = new CompletableFuture<String>();
    try (var _ = echo.hide();
        var _ = setting.interrupts().onInterrupt(() -> line.cancel(false))) {
      err.print(question);
      err.flush();
      Thread.ofPlatform().daemon().name("mimo-key").start(() -> read(keyboard, line));
      return line.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (java.util.concurrent.CancellationException stopped) {
      throw new InterruptedException("stopped while a key was typed");
    } finally {
      err.print("\n");
      err.flush();
    }
  }

  private static void read(BufferedReader keyboard, CompletableFuture<String> line) {
    try {
      var typed = keyboard.readLine();
      line.complete(typed == null ? "" : typed);
    } catch (IOException unreadable) {
      line.completeExceptionally(unreadable);
    }
  }
}
