package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A program: a [DemoModel] behind HTTP, until it is stopped. It tells where it listens and, for
/// every request, its number and what it offers.
///
/// Options: `--port N` (0, the default, lets the system choose) and `--latency-ms N`.
public final class DemoModelServer {

  private DemoModelServer() {}

  public static void main(String[] args) throws InterruptedException {
    var model = new DemoModel(option(args, "--latency-ms"));
    var server = start(option(args, "--port"), model, System.out);
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

  private static int option(String[] args, String name) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Integer.parseInt(args[i + 1]);
      }
    }
    return 0;
  }
}
