package mimo.agent.guard;

import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.GuardLimits;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.TokenUsage;

/// Tells what a request is going to use, before it is sent (A34). At first it is pessimistic, then
/// it follows what the provider counts. Thread-safe.
public final class TokenEstimate {

  /// Models make of three plain characters about one token, if not fewer.
  private static final double CHARS_PER_TOKEN = 3;

  /// How much the latest reply says against all before.
  private static final double NEWS = 0.5;

  private static final double LEAST_RATIO = 0.2;
  private static final double MOST_RATIO = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private double ratio = 1;
  private double output = GuardLimits.EXPECTED_OUTPUT_TOKENS;
  private boolean learnt;

  /// What the request is likely to use.
  public TokenUsage of(ModelRequest request) {
    double weight = weight(request);
    lock.lock();
    try {
      long answered = Math.min((long) output, request.maxOutputTokens().orElse(Long.MAX_VALUE));
      return new TokenUsage((long) Math.ceil(weight * ratio), Math.max(1, answered), 0, 0);
    } finally {
      lock.unlock();
    }
  }

  /// The provider has counted.
  public void learn(ModelRequest request, TokenUsage counted) {
    double seen = Math.clamp(counted.input() / weight(request), LEAST_RATIO, MOST_RATIO);
    lock.lock();
    try {
      ratio = learnt ? ratio + NEWS * (seen - ratio) : seen;
      output = learnt ? output + NEWS * (counted.output() - output) : counted.output();
      learnt = true;
    } finally {
      lock.unlock();
    }
  }

  /// What so many characters come to.
  static long tokens(int chars) {
    return (long) Math.ceil(chars / CHARS_PER_TOKEN);
  }

  private static double weight(ModelRequest request) {
    double sum = weight(request.system());
    for (var message : request.messages()) {
      sum += weight(message);
    }
    for (var tool : request.tools()) {
      sum += weight(tool.name()) + weight(tool.description()) + weight(tool.schema());
    }
    return Math.max(1, sum);
  }

  private static double weight(Message message) {
    return switch (message) {
      case Message.User(var text) -> weight(text);
      case Message.Tools(var answers) ->
          answers.stream().mapToDouble(answer -> weight(answer.text())).sum();
      case Message.Model(var content) -> content.stream().mapToDouble(TokenEstimate::weight).sum();
    };
  }

  private static double weight(Content piece) {
    return switch (piece) {
      case Content.Text(var text) -> weight(text);
      case Content.Reasoning(var text, _) -> weight(text);
      case Content.ToolCall(_, var tool, var arguments) -> weight(tool) + weight(arguments);
    };
  }

  private static double weight(String text) {
    long plain = text.chars().filter(letter -> letter < 128).count();
    return plain / CHARS_PER_TOKEN + (text.length() - plain);
  }
}
