package mimo.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.agent.mcp.McpClient;
import mimo.agent.mcp.rpc.LineChannel;
import mimo.agent.mcp.rpc.RpcChannel;
import mimo.agent.mcp.rpc.RpcMessage;
import mimo.cli.error.CommandException;
import mimo.cli.error.Failure;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// mimo as a server of the Model Context Protocol, on two streams and never on a socket (S32).
/// Thread-safe.
final class WorkflowServer implements RpcChannel.Receiver, AutoCloseable {

  private static final int NOT_FOUND = -32002;
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private static final String INSTRUCTIONS =
      """
      mimo runs workflows: scripts that split work among many agents. Runs are durable: one that \
      is cut off is taken up by resume_run. A run that waits for a person is parked with its \
      question; answer_run answers it.\
      """;

  private final String version;
  private final ServedRuns runs;
  private final List<ServedTool> tools;
  private final ServedResources resources;
  private final Map<String, CancellationSource> calls = new ConcurrentHashMap<>();
  private final Set<Thread> answering = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable RpcChannel channel;

  WorkflowServer(ServedWorkflows workflows, String version) {
    this.version = version;
    this.runs = new ServedRuns(workflows.runs());
    this.tools = new ServedTools(workflows, runs).all();
    this.resources = new ServedResources(workflows);
  }

  /// A question that is answered by saying what is wrong with it.
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refusal(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  /// Serves until `in` ends.
  ///
  /// @throws InterruptedException if stopped before
  void serve(InputStream in, OutputStream out) throws InterruptedException {
    try (var lines = LineChannel.lingering(in, out)) {
      channel = lines;
      lines.open(this);
      over.await();
      settle();
      lines.drain(SETTLING);
    }
  }

  /// What was asked before the input ended is answered, if that takes no time.
  private void settle() throws InterruptedException {
    long until = System.nanoTime() + SETTLING.toNanos();
    for (var each : answering) {
      each.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
    }
  }

  @Override
  public void received(RpcMessage message) {
    switch (message) {
      case RpcMessage.Request question -> {
        if (calls.size() >= McpLimits.SERVED_CALLS) {
          send(
              new RpcMessage.Fault(
                  question.id(), RpcMessage.INTERNAL_ERROR, "too many calls at once"));
        } else {
          var cancelled = new CancellationSource();
          calls.put(question.id().toString(), cancelled);
          var call =
              Thread.ofVirtual().name("mcp-call").unstarted(() -> answer(question, cancelled));
          answering.add(call);
          call.start();
        }
      }
      case RpcMessage.Notification(var method, var params) -> {
        if (method.equals("notifications/cancelled")) {
          var call = calls.get(params.path("requestId").toString());
          if (call != null) {
            call.cancel();
          }
        }
      }
      case RpcMessage.Malformed(var code, var why) ->
          send(new RpcMessage.Fault(JsonNodeFactory.instance.nullNode(), code, why));
      case RpcMessage.Result _, RpcMessage.Fault _ -> {
        // Nothing was asked.
      }
    }
  }

  private void answer(RpcMessage.Request question, CancellationSource cancelled) {
    try {
      var result = result(question, cancelled);
      if (!cancelled.isCancelled()) {
        send(new RpcMessage.Result(question.id(), result));
      }
    } catch (Refusal refused) {
      send(new RpcMessage.Fault(question.id(), refused.code, String.valueOf(refused.getMessage())));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException defect) {
      // The last boundary: a defect is told to whoever asked, and the server goes on.
      send(new RpcMessage.Fault(question.id(), RpcMessage.INTERNAL_ERROR, "internal: " + defect));
    } finally {
      calls.remove(question.id().toString());
      answering.remove(Thread.currentThread());
    }
  }

  private JsonNode result(RpcMessage.Request question, CancellationToken cancellation)
      throws Refusal, InterruptedException {
    var params = question.params();
    return switch (question.method()) {
      case "initialize" -> greeting(params.path("protocolVersion").asText());
      case "ping" -> Json.object();
      case "tools/list" -> listed();
      case "tools/call" -> call(params, cancellation);
      case "resources/list" -> resources.list();
      case "resources/templates/list" -> resources.templates();
      case "resources/read" -> {
        var uri = params.path("uri").asText();
        yield resources
            .read(uri)
            .orElseThrow(() -> new Refusal(NOT_FOUND, "there is no resource " + uri));
      }
      default -> throw new Refusal(RpcMessage.METHOD_NOT_FOUND, "there is no " + question.method());
    };
  }

  private ObjectNode greeting(String wanted) {
    var spoken = McpClient.VERSIONS.contains(wanted) ? wanted : McpClient.VERSIONS.getFirst();
    var json = Json.object().put("protocolVersion", spoken);
    var capabilities = json.putObject("capabilities");
    capabilities.putObject("tools");
    capabilities.putObject("resources");
    json.putObject("serverInfo").put("name", "mimo").put("version", version);
    json.put("instructions", INSTRUCTIONS);
    return json;
  }

  private ObjectNode listed() {
    var json = Json.object();
    var all = json.putArray("tools");
    tools.forEach(tool -> all.add(tool.json()));
    return json;
  }

  private ObjectNode call(ObjectNode params, CancellationToken cancellation)
      throws Refusal, InterruptedException {
    var name = params.path("name").asText();
    var tool =
        tools.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new Refusal(RpcMessage.INVALID_PARAMS, "there is no tool '" + name + "'"));
    var arguments = params.path("arguments") instanceof ObjectNode given ? given : Json.object();
    try {
      return content(tool.work().of(arguments, caller(params, cancellation)), false);
    } catch (CommandException refused) {
      return content(failed(refused.failure()), true);
    }
  }

  private static ObjectNode failed(Failure failure) {
    var json = Json.object();
    json.set("failure", ServedTools.failure(failure));
    return json;
  }

  /// The same thing twice: as text for programs that know no other, and as what it is.
  private static ObjectNode content(ObjectNode value, boolean isError) {
    var json = Json.object();
    json.putArray("content").addObject().put("type", "text").put("text", Json.write(value));
    json.set("structuredContent", value);
    return json.put("isError", isError);
  }

  private ServedTool.Caller caller(ObjectNode params, CancellationToken cancellation) {
    var token = params.path("_meta").path("progressToken");
    return new ServedTool.Caller() {
      @Override
      public CancellationToken cancellation() {
        return cancellation;
      }

      @Override
      public void progress(ServedRun.Progress progress) {
        if (!token.isMissingNode()) {
          send(new RpcMessage.Notification("notifications/progress", told(token, progress)));
        }
      }
    };
  }

  private static ObjectNode told(JsonNode token, ServedRun.Progress progress) {
    var json = Json.object();
    json.set("progressToken", token);
    json.put("progress", progress.done()).put("total", Math.max(1, progress.asked()));
    return json.put(
        "message",
        "%d of %d steps%s"
            .formatted(
                progress.done(),
                progress.asked(),
                progress.phase().isEmpty() ? "" : ", " + progress.phase()));
  }

  private void send(RpcMessage message) {
    var lines = channel;
    if (lines == null) {
      return;
    }
    try {
      lines.send(message);
    } catch (IOException gone) {
      over.countDown();
    }
  }

  @Override
  public void ended(String why) {
    over.countDown();
  }

  /// Stops what still runs, so that it can be resumed.
  @Override
  public void close() {
    over.countDown();
    calls.values().forEach(CancellationSource::cancel);
    runs.close();
  }
}
