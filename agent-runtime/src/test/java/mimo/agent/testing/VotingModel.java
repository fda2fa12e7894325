package mimo.agent.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;

/// A model that is asked for candidates, and judges them. Counts everything it says. Thread-safe.
public final class VotingModel implements Provider {

  private static final Pattern CANDIDATE =
      Pattern.compile("<candidate-[0-9a-f]{8} number=\"(\\d)\">\n(.*?)\n</", Pattern.DOTALL);

  private final ReentrantLock lock = new ReentrantLock();
  private final List<ModelRequest> asked = new ArrayList<>();
  private final List<ModelRequest> judged = new ArrayList<>();
  private final List<TokenUsage> used = new ArrayList<>();
  private final Speaking speaking;
  private final UnaryOperator<String> judging;
  private final Price price;

  /// Says something.
  @FunctionalInterface
  public interface Speaking {

    /// @param number of the request for a candidate, from 0, over all steps
    ModelReply say(int number, ModelRequest request);
  }

  /// @param judging makes of the question to the judge what it replies
  public VotingModel(Speaking speaking, UnaryOperator<String> judging, Price price) {
    this.speaking = speaking;
    this.judging = judging;
    this.price = price;
  }

  /// A reply without calls.
  public static Completed text(String text, TokenUsage usage) {
    return new Completed(List.of(new Content.Text(text)), Finish.STOP, usage);
  }

  /// A reply with one call.
  public static Completed call(String id, String tool, String arguments, TokenUsage usage) {
    return new Completed(
        List.of(new Content.ToolCall(id, tool, arguments)), Finish.TOOL_CALLS, usage);
  }

  /// A judge who takes the first candidate whose words hold this.
  public static UnaryOperator<String> taking(String words) {
    return question -> {
      var candidate = CANDIDATE.matcher(question);
      while (candidate.find()) {
        if (candidate.group(2).contains(words)) {
          return "{\"choice\": "
              + candidate.group(1)
              + ", \"reason\": \"it says "
              + words.replace('"', '\'')
              + "\"}";
        }
      }
      return "{\"choice\": 1, \"reason\": \"none says it\"}";
    };
  }

  /// What the judge was shown, in its order.
  public static List<String> shown(ModelRequest judged) {
    var shown = new ArrayList<String>();
    var candidate = CANDIDATE.matcher(question(judged));
    while (candidate.find()) {
      shown.add(candidate.group(2));
    }
    return shown;
  }

  private static String question(ModelRequest request) {
    return request.messages().getLast() instanceof Message.User(var text) ? text : "";
  }

  @Override
  public String id() {
    return "voting";
  }

  public Resolution.Resolved resolved() {
    return new Resolution.Resolved(this, "model", price);
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    boolean judges = request.system().startsWith("You compare candidates");
    lock.lock();
    try {
      (judges ? judged : asked).add(request);
      var reply =
          judges
              ? text(judging.apply(question(request)), new TokenUsage(300, 20, 0, 0))
              : speaking.say(asked.size() - 1, request);
      if (reply instanceof Completed(_, _, var usage)) {
        used.add(usage);
      }
      return reply;
    } finally {
      lock.unlock();
    }
  }

  /// The requests for candidates.
  public List<ModelRequest> asked() {
    lock.lock();
    try {
      return List.copyOf(asked);
    } finally {
      lock.unlock();
    }
  }

  /// The requests to the judge.
  public List<ModelRequest> judged() {
    lock.lock();
    try {
      return List.copyOf(judged);
    } finally {
      lock.unlock();
    }
  }

  /// What each reply used, in the order of the replies.
  public List<TokenUsage> used() {
    lock.lock();
    try {
      return List.copyOf(used);
    } finally {
      lock.unlock();
    }
  }
}
