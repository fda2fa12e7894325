package mimo.agent.message;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One piece of what a model says.
public sealed interface Content {

  /// Words for the user.
  record Text(String text) implements Content {}

  /// Words of the model to itself, where the provider shows them.
  ///
  /// @param seal what the provider wants back together with them, if anything
  record Reasoning(String text, @Nullable Seal seal) implements Content {
    public Reasoning(String text) {
      this(text, null);
    }
  }

  /// A piece of a reply in its provider's own form, to be sent back unchanged (A16). Whoever stores
  /// a conversation stores it along; whoever changes it must drop it, since providers sign it.
  ///
  /// @param provider the only one that understands it
  /// @param block JSON text
  record Seal(String provider, String block) {}

  /// The model asks for a tool.
  ///
  /// @param id unique within its conversation
  /// @param arguments JSON text as the model sent it, not yet checked
  record ToolCall(String id, String tool, String arguments) implements Content {}

  /// The words of one kind in a reply, joined.
  static String words(List<Content> pieces, Class<? extends Content> kind) {
    return pieces.stream()
        .filter(kind::isInstance)
        .map(piece ->
            switch (piece) {
              case Text(var words) -> words;
              case Reasoning(var words, _) -> words;
              case ToolCall _ -> "";
            })
        .collect(Collectors.joining());
  }
}
