package mimo.cli.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  /// How often anything was asked.
  public int requests() {
    return asked.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /// Forgets what was asked.
  public void forget() {
    asked.clear();
  }

  public Resolution.Resolved resolved() {
    return new Resolution.Resolved(this, "model", Price.FREE);
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    var prompt = prompt(request.messages());
    asked.computeIfAbsent(prompt, _ -> new AtomicInteger()).incrementAndGet();
    TimeUnit.MILLISECONDS.sleep(millis);
    return new ModelReply.Completed(
        List.of(new Content.Text("echo " + prompt)), Finish.STOP, USAGE);
  }

  private static String prompt(List<Message> messages) {
    return messages.stream()
        .filter(Message.User.class::isInstance)
        .map(message -> ((Message.User) message).text())
        .reduce("", (_, last) -> last);
  }
}
