package mimo.agent.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;

/// A place in a conversation, and what was said up to there.
///
/// Messages are counted from 0 over the whole conversation as its record gives it: what was said in
/// earlier turns first, whatever a model is told of it now. What was taken back is not counted, so
/// a conversation may become another one; the hash tells.
///
/// @param message the last message before the place; -1 if there is none
/// @param hash of all messages up to that one, as [#hash] makes it
public record Mark(int message, String hash) {

  /// The beginning of any conversation.
  public static final Mark NONE = new Mark(-1, "");

  /// The place after a message.
  ///
  /// @param message -1 for the beginning
  public static Mark after(int message, List<Message> conversation) {
    return message < 0 ? NONE : new Mark(message, hash(conversation.subList(0, message + 1)));
  }

  /// The last place in a conversation at which it can be cut: no call is parted from its answer
  /// (K5), and no word of the user from those that may still be added to it.
  public static Mark last(List<Message> conversation) {
    int last = conversation.size() - 1;
    while (last >= 0 && !isCut(conversation.get(last))) {
      last--;
    }
    return after(last, conversation);
  }

  private static boolean isCut(Message message) {
    return switch (message) {
      case Message.Tools _ -> true;
      case Message.Model(var content) ->
          content.stream().noneMatch(Content.ToolCall.class::isInstance);
      case Message.User _ -> false;
    };
  }

  /// How many messages lie before it.
  public int count() {
    return message + 1;
  }

  /// Whether it is a place in this conversation.
  public boolean isIn(List<Message> conversation) {
    return message < conversation.size() && equals(after(message, conversation));
  }

  /// Says in 64 hex digits which messages one has. What a model thought for itself does not count:
  /// its provider may want it back unchanged, or not at all.
  public static String hash(List<Message> messages) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var message : messages) {
        switch (message) {
          case Message.User(var text) -> add(digest, "user", text);
          case Message.Model(var content) -> content.forEach(piece -> add(digest, piece));
          case Message.Tools(var answers) ->
              answers.forEach(
                  each -> add(digest, "answer", each.call(), each.status().name(), each.text()));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static void add(MessageDigest digest, Content piece) {
    switch (piece) {
      case Content.Text(var text) -> add(digest, "model", text);
      case Content.ToolCall(var id, var tool, var arguments) ->
          add(digest, "call", id, tool, arguments);
      case Content.Reasoning _ -> {}
    }
  }

  /// Each with its length, so that no two sequences look alike.
  private static void add(MessageDigest digest, String... parts) {
    for (var part : parts) {
      var bytes = part.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
    }
  }
}
