package mimo.agent.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// A model that counts what it is sent, takes no more than its window, and answers by a rule. It
/// knows how much of each request began as the one before did. Confined to one thread.
public final class CountingModel implements Provider {

  private final int window;
  private final Function<ModelRequest, List<Content>> rule;
  private final List<ModelRequest> requests = new ArrayList<>();
  private final List<TokenUsage> usages = new ArrayList<>();
  private int refusals;

  /// @param window tokens it takes
  /// @param rule what it answers
  public CountingModel(int window, Function<ModelRequest, List<Content>> rule) {
    this.window = window;
    this.rule = rule;
  }

  /// What a tokenizer makes of a text: parts of words, signs, and wide characters one by one.
  public static long tokens(String text) {
    long tokens = 0;
    int word = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (Character.isLetter(each) && each < 0x2E80) {
        word++;
        continue;
      }
      tokens += (word + 4) / 5;
      word = 0;
      tokens += Character.isWhitespace(each) ? 0 : 1;
    }
    return tokens + (word + 4) / 5;
  }

  /// What it counts in a request, without what stands before the messages.
  public static long tokens(List<Message> messages) {
    return messages.stream().mapToLong(CountingModel::tokens).sum();
  }

  private static long tokens(Message message) {
    return switch (message) {
      case Message.User(var text) -> 4 + tokens(text);
      case Message.Model(var content) -> 4 + content.stream().mapToLong(CountingModel::of).sum();
      case Message.Tools(var answers) ->
          answers.stream().mapToLong(each -> 4 + tokens(each.call() + " " + each.text())).sum();
    };
  }

  private static long of(Content piece) {
    return switch (piece) {
      case Content.Text(var text) -> 2 + tokens(text);
      case Content.Reasoning(var text, _) -> 2 + tokens(text);
      case Content.ToolCall(var id, var tool, var arguments) ->
          4 + tokens(id + " " + tool + " " + arguments);
    };
  }

  private static long head(ModelRequest request) {
    long tokens = tokens(request.system());
    for (var tool : request.tools()) {
      tokens += 6 + tokens(tool.name() + " " + tool.description() + " " + tool.schema());
    }
    return tokens;
  }

  @Override
  public String id() {
    return "counting";
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation) {
    long input = head(request) + tokens(request.messages());
    if (input > window) {
      refusals++;
      return new ModelReply.Faulted(
          "context_overflow", "the prompt is too long: " + input + " tokens > " + window);
    }
    long cached = cached(request);
    requests.add(request);
    var content = rule.apply(request);
    var calls = content.stream().anyMatch(Content.ToolCall.class::isInstance);
    long output = tokens(List.of(new Message.Model(content)));
    var usage = new TokenUsage(input, output, 0, cached);
    usages.add(usage);
    return new ModelReply.Completed(content, calls ? Finish.TOOL_CALLS : Finish.STOP, usage);
  }

  private long cached(ModelRequest request) {
    if (requests.isEmpty() || !requests.getLast().tools().equals(request.tools())) {
      return 0;
    }
    var before = requests.getLast().messages();
    int same = 0;
    while (same < Math.min(before.size(), request.messages().size())
        && before.get(same).equals(request.messages().get(same))) {
      same++;
    }
    return head(request) + tokens(request.messages().subList(0, same));
  }

  /// Every request it took.
  public List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  /// What each of them used.
  public List<TokenUsage> usages() {
    return List.copyOf(usages);
  }

  /// How many it did not take.
  public int refusals() {
    return refusals;
  }

  /// This model as a resolver would give it.
  ///
  /// @param told what is known of its window; null if nobody knows
  public Resolution.Resolved resolved(@Nullable Integer told) {
    return new Resolution.Resolved(
        this,
        "model",
        Price.FREE,
        EffortSupport.UNKNOWN,
        new ModelSize(told, told == null ? null : 1_000));
  }
}
