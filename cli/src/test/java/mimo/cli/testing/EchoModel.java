package mimo.cli.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
import mimo.engine.CancellationToken;

/// A model that answers every prompt with that prompt, and counts how often it was asked what.
/// Thread-safe.
public final class EchoModel implements Provider {

  /// What every reply is said to use.
  public static final TokenUsage USAGE = new TokenUsage(100, 10, 0, 0);

  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final List<String> conversations = new CopyOnWriteArrayList<>();
  private final List<String> systems = new CopyOnWriteArrayList<>();
  private final Set<String> models = ConcurrentHashMap.newKeySet();
  private final long millis;

  /// @param millis how long each reply takes
  public EchoModel(long millis) {
    this.millis = millis;
  }

  @Override
  public String id() {
    return "echo";
  }

  /// How often each prompt was asked.
  public Map<String, Integer> asked() {
    return asked.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
  }

  /// Every conversation it saw, as all its prompts and answers in their order.
  public List<String> conversations() {
    return List.copyOf(conversations);
  }

  /// What it was told first in each of them.
  public List<String> systems() {
    return List.copyOf(systems);
  }

  /// How often anything was asked.
  public int requests() {
    return asked.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /// Forgets what was asked.
  public void forget() {
    asked.clear();
    conversations.clear();
    systems.clear();
    models.clear();
  }

  public Resolution.Resolved resolved() {
    return resolved("echo/model");
  }

  /// The same behind another name; what names no model of its own means the usual one.
  public Resolution.Resolved resolved(String reference) {
    var own = reference.startsWith("echo/") ? reference.substring("echo/".length()) : "model";
    return new Resolution.Resolved(this, own, Price.FREE);
  }

  /// Which models were asked.
  public Set<String> models() {
    return Set.copyOf(models);
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    var prompt = prompt(request.messages());
    asked.computeIfAbsent(prompt, _ -> new AtomicInteger()).incrementAndGet();
    systems.add(request.system());
    models.add(request.model());
    conversations.add(
        request.messages().stream().map(EchoModel::words).collect(Collectors.joining(" > ")));
    var stopped = new CountDownLatch(1);
    try (var _ = cancellation.onCancel(stopped::countDown)) {
      if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the request was cancelled");
      }
    }
    return new ModelReply.Completed(
        List.of(new Content.Text("echo " + prompt)), Finish.STOP, USAGE);
  }

  private static String words(Message message) {
    return switch (message) {
      case Message.User(var text) -> text;
      case Message.Model(var content) ->
          content.stream()
              .filter(Content.Text.class::isInstance)
              .map(piece -> ((Content.Text) piece).text())
              .collect(Collectors.joining());
      case Message.Tools _ -> "tools";
    };
  }

  private static String prompt(List<Message> messages) {
    return messages.stream()
        .filter(Message.User.class::isInstance)
        .map(message -> ((Message.User) message).text())
        .reduce("", (_, last) -> last);
  }
}
