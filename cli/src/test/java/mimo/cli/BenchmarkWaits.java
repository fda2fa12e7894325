package mimo.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.cli.testing.BuiltMimo;
import mimo.cli.testing.ProcessTree;

/// Measures what a run costs while a thousand agents wait for their model, which lets each hear
/// every 30 seconds that it still thinks. A program, not a test, as [BenchmarkStarts] is.
final class BenchmarkWaits {

  private static final int AGENTS = 1_000;
  private static final int BACKLOG = 1_024;
  private static final Duration COMMENT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final byte[] HEADERS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] THINKING = ": still thinking\n\n".getBytes(StandardCharsets.US_ASCII);

  private static final String SCRIPT =
      """
      export const meta = { name: 'patient', description: 'asks many agents' };
      const all = Array.from({ length: %d }, (_, i) => i);
      return (await parallel(all.map((i) => () => agent(`number ${i}`)))).length;
      """
          .formatted(AGENTS);

  private final AtomicInteger asked = new AtomicInteger();

  private BenchmarkWaits() {}

  /// Prints its figures, a line a minute.
  ///
  /// @param arguments how many minutes; an hour if absent
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int minutes = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
    new BenchmarkWaits().measure(minutes);
    Runtime.getRuntime().halt(0);
  }

  private void measure(int minutes) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("bench");
    Files.writeString(folder.resolve("patient.js"), SCRIPT);
    try (var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> accept(server));
      var process = start(folder, server.getLocalPort());
      try {
        watch(process, minutes);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private void watch(Process process, int minutes) throws InterruptedException {
    while (asked.get() < AGENTS) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the run ended with " + process.exitValue());
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    Thread.sleep(LOOK);
    var before = ProcessTree.now(process);
    var first = before;
    for (int minute = 1; minute <= minutes && process.isAlive(); minute++) {
      Thread.sleep(LOOK);
      var now = ProcessTree.now(process);
      System.out.printf(
          Locale.ROOT,
          "minute %d: %.2f %% of a core, %d MiB, %d requests%n",
          minute,
          share(before, now, 1),
          now.residentBytes() >> 20,
          asked.get());
      before = now;
    }
    System.out.printf(
        Locale.ROOT,
        "%d agents waiting %d minutes: %.2f %% of a core, memory from %d to %d MiB%n",
        AGENTS,
        minutes,
        share(first, before, minutes),
        first.residentBytes() >> 20,
        before.residentBytes() >> 20);
  }

  private static double share(ProcessTree.Look from, ProcessTree.Look to, int minutes) {
    return 100.0 * (to.cpu().toMillis() - from.cpu().toMillis()) / (minutes * LOOK.toMillis());
  }

  private static Process start(Path folder, int port) throws IOException {
    var words =
        new ProcessBuilder(
            BuiltMimo.launcher().toString(),
            "compose",
            "patient.js",
            "--model",
            "bench/any",
            "--quiet",
            "--concurrency",
            Integer.toString(AGENTS));
    var home = folder.resolve("home").toString();
    words.directory(folder.toFile());
    words.redirectErrorStream(true).redirectOutput(folder.resolve("log.txt").toFile());
    words.environment().put("MIMOCODE_HOME", home);
    words
        .environment()
        .put(
            "MIMOCODE_CONFIG_CONTENT",
            """
            {"provider": {"bench": {"options":
            {"baseURL": "http://127.0.0.1:%d", "apiKey": "needs-no-key"}}}}
            """
                .formatted(port));
    return words.start();
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        var connection = server.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The measurement is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      read(new BufferedInputStream(connection.getInputStream()));
      asked.incrementAndGet();
      var out = connection.getOutputStream();
      out.write(HEADERS);
      while (true) {
        out.write(THINKING);
        out.flush();
        Thread.sleep(COMMENT);
      }
    } catch (IOException | InterruptedException gone) {
      // The run, or the measurement, is over.
    }
  }

  /// Reads one request and forgets it.
  private static void read(InputStream in) throws IOException {
    int length = 0;
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
