package mimo.agent.provider.offline;

import java.util.List;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Answers without any network, a language model's place taken by rules (A22, A23) or by a cassette
/// (A24). Stateless: a reply depends on the conversation, the schema and the cassette alone.
public final class OfflineProvider implements Provider {

  /// The provider's name.
  public static final String ID = "offline";

  /// How every text of this provider starts (A25).
  public static final String LABEL = "[offline: scripted answers, not a language model]";

  private static final int CHARS_PER_TOKEN = 4;

  private final Rules rules;
  private final @Nullable Cassette cassette;

  /// A provider that answers by its rules about the files below `guard`.
  public OfflineProvider(PathGuard guard) {
    this(guard, null);
  }

  /// A provider that answers from `cassette`, if there is one.
  public OfflineProvider(PathGuard guard, @Nullable Cassette cassette) {
    this.rules = new Rules(guard);
    this.cassette = cassette;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public ModelReply ask(
      ModelRequest request, StreamListener listener, CancellationToken cancellation)
      throws InterruptedException {
    if (cancellation.isCancelled() || Thread.interrupted()) {
      throw new InterruptedException("the request was cancelled");
    }
    var reply = cassette == null ? rules.reply(request) : cassette.reply(request, listener);
    if (reply instanceof ModelReply.Completed completed) {
      for (var piece : completed.content()) {
        if (piece instanceof Content.Text(var text)) {
          listener.text(text);
        }
      }
    }
    return reply;
  }

  /// A whole reply whose tokens are counted as a quarter of its characters.
  static ModelReply.Completed reply(ModelRequest request, List<Content> content) {
    boolean calls = content.stream().anyMatch(Content.ToolCall.class::isInstance);
    return new ModelReply.Completed(
        content,
        calls ? ModelReply.Finish.TOOL_CALLS : ModelReply.Finish.STOP,
        new TokenUsage(tokens(chars(request)), tokens(chars(content)), 0, 0));
  }

  private static long tokens(long chars) {
    return Math.ceilDiv(chars, CHARS_PER_TOKEN);
  }

  private static long chars(ModelRequest request) {
    long chars = request.system().length();
    for (var message : request.messages()) {
      chars +=
          switch (message) {
            case Message.User(var text) -> text.length();
            case Message.Model(var content) -> chars(content);
            case Message.Tools(var answers) ->
                answers.stream().mapToLong(answer -> answer.text().length()).sum();
          };
    }
    return chars;
  }

  private static long chars(List<Content> content) {
    long chars = 0;
    for (var piece : content) {
      chars +=
          switch (piece) {
            case Content.Text(var text) -> text.length();
            case Content.Reasoning(var text, _) -> text.length();
            case Content.ToolCall(_, var tool, var arguments) -> tool.length() + arguments.length();
          };
    }
    return chars;
  }
}
