package mimo.cli.testing;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.testing.CountingModel;
import mimo.engine.CancellationToken;

/// A model that works through piles one by one, with nothing but what it is told to know how far it
/// has come; and one that has a subagent do so. It counts what it is sent, and writes no
/// checkpoints. Thread-safe.
public final class PileModel implements Provider {

  public static final int PILES = 14;

  /// What whoever works is asked, and what it must not do.
  public static final String PROMPT = "Read every pile. You must not touch the cellar.";

  /// With what the one begins who has somebody else work.
  public static final String PARENT = "PARENT";

  private static final Pattern DEED = Pattern.compile("deed(\\d+)");
  private static final long HEAD = 2_500;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<ModelRequest> work = new ArrayList<>();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final int hangingAt;

  public PileModel() {
    this(Integer.MAX_VALUE);
  }

  /// @param hangingAt the pile at which it says nothing any more
  public PileModel(int hangingAt) {
    this.hangingAt = hangingAt;
  }

  /// The requests of the one who works.
  public List<ModelRequest> work() {
    lock.lock();
    try {
      return List.copyOf(work);
    } finally {
      lock.unlock();
    }
  }

  public void awaitHanging() throws InterruptedException {
    waiting.await();
  }

  @Override
  public String id() {
    return "piles";
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    if (request.tools().isEmpty()) {
      return new ModelReply.Faulted("invalid_request", "it writes no checkpoints");
    }
    var piece = says(request, cancellation);
    boolean calls = piece instanceof Content.ToolCall;
    var usage = new TokenUsage(HEAD + CountingModel.tokens(request.messages()), 20, 0, 0);
    return new ModelReply.Completed(List.of(piece), calls ? Finish.TOOL_CALLS : Finish.STOP, usage);
  }

  private Content says(ModelRequest request, CancellationToken cancellation)
      throws InterruptedException {
    var messages = request.messages();
    if (said(messages).contains(PARENT)) {
      return delegating(messages);
    }
    lock.lock();
    try {
      work.add(request);
    } finally {
      lock.unlock();
    }
    int next = 1;
    for (var deeds = DEED.matcher(messages.toString()); deeds.find(); ) {
      next = Math.max(next, Integer.parseInt(deeds.group(1)) + 1);
    }
    if (next == hangingAt) {
      hang(cancellation);
    }
    return next > PILES
        ? new Content.Text("Every pile is read.")
        : call(
            "c" + next,
            "bash",
            "{\"command\":\"echo deed%d >> deeds.txt; cat pile%d.txt\"}".formatted(next, next));
  }

  private void hang(CancellationToken cancellation) throws InterruptedException {
    waiting.countDown();
    var stopped = new CountDownLatch(1);
    try (var _ = cancellation.onCancel(stopped::countDown)) {
      stopped.await();
    }
    throw new InterruptedException("the request was cancelled");
  }

  private static Content delegating(List<Message> messages) {
    long calls = messages.stream().filter(Message.Tools.class::isInstance).count();
    boolean again = said(messages).contains(PARENT + " again");
    if (calls == 0) {
      return call("p1", "agent", "{\"action\":\"spawn\",\"prompt\":\"%s\"}".formatted(PROMPT));
    }
    if (calls == 2 && again) {
      return call("p3", "agent", "{\"action\":\"send\",\"id\":\"A1\",\"prompt\":\"Go on.\"}");
    }
    return calls == 1 || (calls == 3 && again)
        ? call("p" + (calls + 1), "agent", "{\"action\":\"wait\",\"id\":\"A1\"}")
        : new Content.Text("It is done.");
  }

  private static Content call(String id, String tool, String arguments) {
    return new Content.ToolCall(id, tool, arguments);
  }

  private static String said(List<Message> messages) {
    var said = new StringBuilder();
    for (var message : messages) {
      if (message instanceof Message.User(var text)) {
        said.append(text).append('\n');
      }
    }
    return said.toString();
  }
}
