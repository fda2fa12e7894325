package mimo.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mimo.agent.provider.ProviderFactory;
import mimo.agent.provider.anthropic.Messages;
import mimo.agent.provider.openai.ChatCompletions;
import mimo.agent.provider.responses.Responses;
import mimo.agent.provider.wire.Wire;

/// A protocol as both its ends see it: who speaks it, and what may be said in it.
public enum Speech {
  CHAT("openai-chat", "/chat/completions"),
  RESPONSES("openai-responses", "/responses"),
  MESSAGES("anthropic", "/messages");

  private final String word;
  private final String path;

  Speech(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /// Its name in a configuration.
  public String word() {
    return word;
  }

  /// What it appends to a provider's address.
  public String path() {
    return path;
  }

  /// The protocol of that name.
  public static Speech of(String word) {
    return Arrays.stream(values())
        .filter(speech -> speech.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no protocol here"));
  }

  /// A request in this protocol as chat completions would have put it.
  JsonNode asChat(JsonNode request) {
    return switch (this) {
      case CHAT -> request;
      case RESPONSES -> ResponsesAsChat.translate(request);
      case MESSAGES -> MessagesAsChat.translate(request);
    };
  }

  /// The protocol a request to `path` is in.
  static Optional<Speech> at(String path) {
    return Arrays.stream(values()).filter(speech -> path.endsWith(speech.path)).findFirst();
  }

  /// What is wrong with a request; empty if nothing is.
  List<String> problems(HttpWire.Request request, JsonNode body) {
    return switch (this) {
      case CHAT -> ChatRequestCheck.problems(body);
      case RESPONSES -> ResponsesRequestCheck.problems(body);
      case MESSAGES ->
          request.headers().containsKey("anthropic-version")
              ? MessagesRequestCheck.problems(body)
              : List.of("the header anthropic-version is missing");
    };
  }

  public ProviderFactory maker(Wire wire) {
    return switch (this) {
      case CHAT -> new ChatCompletions(wire);
      case RESPONSES -> new Responses(wire);
      case MESSAGES -> new Messages(wire);
    };
  }

  /// An empty script of one streamed reply.
  public ReplyScript script() {
    return script(5);
  }

  /// An empty script whose text leaves in pieces of so many characters.
  public ReplyScript script(int chunkChars) {
    return switch (this) {
      case CHAT -> ChatScript.inChunksOf(chunkChars);
      case RESPONSES -> ResponsesScript.inChunksOf(chunkChars);
      case MESSAGES -> MessagesScript.inChunksOf(chunkChars);
    };
  }

  /// How this protocol says so in the middle of a stream.
  public String errorEvent(String type, String message) {
    return switch (this) {
      case CHAT, MESSAGES -> error(type, message);
      case RESPONSES ->
          "{\"type\":\"error\",\"code\":\"%s\",\"message\":\"%s\",\"param\":null}"
              .formatted(type, message);
    };
  }

  /// How this protocol says that something is wrong.
  ///
  /// @param type the provider's word for it
  public String error(String type, String message) {
    var error = "{\"message\":\"%s\",\"type\":\"%s\",\"code\":null}".formatted(message, type);
    return switch (this) {
      case CHAT, RESPONSES -> "{\"error\":" + error + "}";
      case MESSAGES ->
          "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
              .formatted(type, message);
    };
  }
}
