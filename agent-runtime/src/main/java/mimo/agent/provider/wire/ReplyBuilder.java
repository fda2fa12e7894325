package mimo.agent.provider.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.message.Content;
import mimo.agent.message.Content.Seal;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// Assembles one reply from its events. Confined to one thread.
final class ReplyBuilder {

  private final String idPrefix;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Integer, Call> open = new HashMap<>();
  private int calls;
  private @Nullable String finish;
  private TokenUsage usage = TokenUsage.NONE;

  /// @param idPrefix begins the ids of calls that come without one; a conversation's turns differ
  ///   in it, and the same turn asked again has the same (A28)
  ReplyBuilder(String idPrefix) {
    this.idPrefix = idPrefix;
  }

  void text(String delta) {
    if (pieces.isEmpty() || !(pieces.getLast() instanceof Words words && !words.reasoning)) {
      pieces.add(new Words(false));
    }
    ((Words) pieces.getLast()).text.append(delta);
  }

  void reasoning(String delta) {
    if (pieces.isEmpty() || !(pieces.getLast() instanceof Words words && words.takesReasoning())) {
      pieces.add(new Words(true));
    }
    ((Words) pieces.getLast()).text.append(delta);
  }

  /// The thought just heard is whole and sealed; without one, the seal stands for a hidden thought.
  void seal(Seal seal) {
    if (pieces.isEmpty() || !(pieces.getLast() instanceof Words words && words.takesReasoning())) {
      pieces.add(new Words(true));
    }
    ((Words) pieces.getLast()).seal = seal;
  }

  void toolCall(ModelEvent.ToolCallPart part) {
    var call = open.get(part.index());
    if (call == null || isAnother(part, call)) {
      call = new Call(calls++);
      open.put(part.index(), call);
      pieces.add(call);
    }
    if (part.id() != null) {
      call.id = part.id();
    }
    if (call.tool.isEmpty()) {
      call.tool = part.tool();
    }
    call.arguments.append(part.arguments());
  }

  /// Some providers number all their calls zero: another id is then another call, and so is another
  /// beginning where calls have no ids at all.
  private static boolean isAnother(ModelEvent.ToolCallPart part, Call call) {
    if (part.id() == null) {
      return call.id == null && !part.tool().isEmpty() && !call.tool.isEmpty();
    }
    return call.id != null && !part.id().equals(call.id);
  }

  void finished(String reason) {
    finish = reason;
  }

  void used(TokenUsage tokens) {
    usage = tokens;
  }

  /// The reason the model stopped, or null while it has not.
  @Nullable String finish() {
    return finish;
  }

  /// The reply, ended by `stopped`. Some providers say `stop` where they wait for calls.
  Completed build(Finish stopped) {
    var content = pieces.stream().map(piece -> piece.content(idPrefix)).toList();
    var finish = stopped == Finish.STOP && calls > 0 ? Finish.TOOL_CALLS : stopped;
    return new Completed(content, finish, usage);
  }

  private sealed interface Piece {
    Content content(String idPrefix);
  }

  private static final class Words implements Piece {
    private final boolean reasoning;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Seal seal;

    Words(boolean reasoning) {
      this.reasoning = reasoning;
    }

    boolean takesReasoning() {
      return reasoning && seal == null;
    }

    @Override
    public Content content(String idPrefix) {
      return reasoning
          ? new Content.Reasoning(text.toString(), seal)
          : new Content.Text(text.toString());
    }
  }

  private static final class Call implements Piece {
    private final int number;
    private @Nullable String id;
    private String tool = "";
    private final StringBuilder arguments = new StringBuilder();

    Call(int number) {
      this.number = number;
    }

    @Override
    public Content content(String idPrefix) {
      var name = id == null ? idPrefix + number : id;
      return new Content.ToolCall(name, tool, arguments.toString());
    }
  }
}
