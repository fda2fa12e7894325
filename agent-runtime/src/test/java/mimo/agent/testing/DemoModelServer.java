package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A program: a [DemoModel] behind HTTP, until it is stopped. It tells where it listens and, for
/// every request, its number and what it offers.
///
/// Options: `--port N` (0, the default, lets the system choose), `--latency-ms N` and `--protocol
/// P` (`openai-chat`, the default, or `anthropic`).
public final class DemoModelServer {

  private DemoModelServer() {}

  public static void main(String[] args) throws InterruptedException {
    var model = new DemoModel(number(args, "--latency-ms"), speech(args));
    var server = start(number(args, "--port"), model, System.out);
    System.out.println("listening on " + server.baseUrl());
    new CountDownLatch(1).await();
  }

  static FakeModelServer start(int port, Function<JsonNode, FakeReply> model, PrintStream log) {
    var count = new AtomicInteger();
    return FakeModelServer.start(
        port,
        request -> {
          log.printf(
              "request %d: %d messages, %d tools%n",
              count.incrementAndGet(),
              request.path("messages").size(),
              request.path("tools").size());
          return model.apply(request);
        });
  }

  private static int number(String[] args, String name) {
    return option(args, name).map(Integer::parseInt).orElse(0);
  }

  static Speech speech(String... args) {
    return option(args, "--protocol").map(Speech::of).orElse(Speech.CHAT);
  }

  private static Optional<String> option(String[] args, String name) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Optional.of(args[i + 1]);
      }
    }
    return Optional.empty();
  }
}
