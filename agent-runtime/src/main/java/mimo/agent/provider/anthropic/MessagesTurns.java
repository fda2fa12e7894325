package mimo.agent.provider.anthropic;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;

/// A conversation in the shape this protocol wants: user and assistant take turns, and all answers
/// to a turn's calls stand together at the head of one user turn.
record MessagesTurns(List<Turn> turns) {

  private static final int CACHED_USER_TURNS = 2;

  MessagesTurns {
    turns = List.copyOf(turns);
  }

  enum Role {
    USER,
    ASSISTANT
  }

  record Turn(Role role, List<Block> blocks) {
    Turn {
      blocks = List.copyOf(blocks);
    }
  }

  /// One piece of a turn.
  sealed interface Block {

    record Text(String text) implements Block {}

    /// A block as the provider sent it.
    record Verbatim(String json) implements Block {}

    record Use(Content.ToolCall call) implements Block {}

    record Result(Message.ToolAnswer answer) implements Block {}
  }

  /// @param provider whose seals are sent back; what other providers sealed is left out
  static MessagesTurns of(List<Message> messages, String provider) {
    var turns = new ArrayList<Turn>();
    for (var message : messages) {
      switch (message) {
        case Message.User(var text) -> add(turns, Role.USER, text(text));
        case Message.Model(var content) -> add(turns, Role.ASSISTANT, said(content, provider));
        case Message.Tools(var answers) ->
            add(turns, Role.USER, answers.stream().<Block>map(Block.Result::new).toList());
      }
    }
    return new MessagesTurns(turns);
  }

  /// The index of the first of the user turns that carry a cache mark: the last two (A32).
  int firstMarked() {
    int left = CACHED_USER_TURNS;
    int at = turns.size();
    while (at > 0 && left > 0) {
      at--;
      if (turns.get(at).role() == Role.USER) {
        left--;
      }
    }
    return at;
  }

  /// Two messages of one side in a row are one turn.
  private static void add(List<Turn> turns, Role role, List<Block> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    if (!turns.isEmpty() && turns.getLast().role() == role) {
      var longer = new ArrayList<>(turns.removeLast().blocks());
      longer.addAll(blocks);
      turns.add(new Turn(role, longer));
    } else {
      turns.add(new Turn(role, blocks));
    }
  }

  private static List<Block> said(List<Content> content, String provider) {
    var blocks = new ArrayList<Block>();
    for (var piece : content) {
      switch (piece) {
        case Content.Text(var words) -> blocks.addAll(text(words));
        case Content.Reasoning(_, var seal) -> {
          if (seal != null && seal.provider().equals(provider) && isThought(seal.block())) {
            blocks.add(new Block.Verbatim(seal.block()));
          }
        }
        case Content.ToolCall call -> blocks.add(new Block.Use(call));
      }
    }
    return blocks;
  }

  /// A provider may have spoken in another protocol before, and sealed what it thought in that.
  private static boolean isThought(String block) {
    return block.startsWith("{\"type\":\"thinking\"")
        || block.startsWith("{\"type\":\"redacted_thinking\"");
  }

  /// Text without words is refused by the protocol.
  private static List<Block> text(String text) {
    return text.isBlank() ? List.of() : List.of(new Block.Text(text));
  }
}
