package mimo.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// A model server by others, as a process of its own on loopback, that answers from fixtures and
/// refuses what it has none for. `.ci/run` installs it.
final class ThirdPartyServer implements AutoCloseable {

  private static final Path PROGRAM =
      Path.of("../.ci/npm/node_modules/@copilotkit/aimock/dist/cli.js");
  private static final Pattern LISTENING = Pattern.compile("listening on (http://[\\d.]+:\\d+)");
  private static final int MOST_LINES = 20;

  private final Process process;
  private final URI baseUrl;

  private ThirdPartyServer(Process process, URI baseUrl) {
    this.process = process;
    this.baseUrl = baseUrl;
  }

  /// Starts it, or skips the test that wants it where it cannot be had.
  static ThirdPartyServer start(Path fixtures) throws IOException {
    Assumptions.assumeTrue(
        Files.exists(PROGRAM), "aimock is not installed: run npm ci in .ci/npm, as .ci/run does");
    var process = process(fixtures);
    // Closing the program's output would end it at its next line.
    var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    var seen = new StringBuilder();
    for (int i = 0; i < MOST_LINES; i++) {
      var line = lines.readLine();
      seen.append(line).append('\n');
      var found = LISTENING.matcher(line == null ? "" : line);
      if (found.find()) {
        return new ThirdPartyServer(process, URI.create(found.group(1) + "/v1"));
      }
    }
    process.destroyForcibly();
    throw new IOException("the server does not say where it listens: " + seen);
  }

  private static Process process(Path fixtures) {
    try {
      return new ProcessBuilder(
              "node",
              PROGRAM.toString(),
              "--port",
              "0",
              "--fixtures",
              fixtures.toString(),
              "--strict",
              "--validate-on-load")
          .redirectErrorStream(true)
          .start();
    } catch (IOException missing) {
      return Assumptions.abort("node is not installed: " + missing.getMessage());
    }
  }

  URI baseUrl() {
    return baseUrl;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupt) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    process.getInputStream().close();
  }
}
