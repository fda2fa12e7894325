package mimo.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.testing.Authorities;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;

/// An agent that works for many turns, on a model whose replies depend on the conversation alone.
/// In every turn it changes something once and looks at it twice. It counts what it does.
/// Thread-safe.
final class LongAgent implements Provider {

  private final int turns;
  private final List<ModelRequest> requests = new ArrayList<>();
  private final Map<String, AtomicInteger> acts = new ConcurrentHashMap<>();

  /// @param turns requests until it has its answer
  LongAgent(int turns) {
    this.turns = turns;
  }

  @Override
  public String id() {
    return "long";
  }

  @Override
  public synchronized ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation) {
    requests.add(request);
    long turn = request.messages().stream().filter(Message.Model.class::isInstance).count() + 1;
    var usage = new TokenUsage(10 * turn, 5, 1, 0);
    if (turn == turns) {
      var text = new Content.Text("done after " + turn + " turns");
      return new ModelReply.Completed(List.of(text), Finish.STOP, usage);
    }
    var content =
        List.<Content>of(
            new Content.Reasoning("now " + turn, new Content.Seal("long", "{\"n\":" + turn + "}")),
            new Content.Text("Turn " + turn + "."),
            call("change", turn),
            call("look", turn),
            call("look", -turn));
    return new ModelReply.Completed(content, Finish.TOOL_CALLS, usage);
  }

  /// The ids start anew in each reply, as with some servers.
  private static Content.ToolCall call(String tool, long at) {
    var id = tool + (at < 0 ? "_again" : "");
    return new Content.ToolCall(id, tool, "{\"at\":\"" + at + "\"}");
  }

  /// The activity of such an agent.
  AgentActivity activity(Path workspace) {
    var tools =
        Toolbox.of(
            List.of(
                LoopStage.tool(
                    "change", ToolSpec.Effect.CHANGES, (input, _) -> act("change", input)),
                LoopStage.tool("look", ToolSpec.Effect.READS, (input, _) -> act("look", input))));
    return new AgentActivity(
        AgentSettings.in(workspace).withAuthority(Authorities.everything()),
        _ -> new Resolution.Resolved(this, "model", Price.FREE),
        ToolSource.of(tools),
        AgentListener.none(),
        () -> 0);
  }

  private String act(String tool, ObjectNode input) {
    var act = tool + " " + input.path("at").asText();
    acts.computeIfAbsent(act, _ -> new AtomicInteger()).incrementAndGet();
    return "did " + act;
  }

  /// Every request so far.
  synchronized List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  /// How often each thing was done, such as `change 7`.
  Map<String, Integer> acts() {
    var counts = new TreeMap<String, Integer>();
    acts.forEach((act, count) -> counts.put(act, count.get()));
    return counts;
  }
}
