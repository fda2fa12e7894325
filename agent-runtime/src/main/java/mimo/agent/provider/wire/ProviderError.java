package mimo.agent.provider.wire;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Locale;
import mimo.agent.provider.JsonWalk;
import org.jspecify.annotations.Nullable;

/// What a provider says went wrong, in whatever shape it says it.
///
/// @param status the HTTP status it names itself, 0 if none
/// @param name its code and type, lower case, joined by a blank
/// @param message its text to people
/// @param param the field of the request it is about, empty if it names none
public record ProviderError(int status, String name, String message, String param) {

  /// An error about no field.
  public ProviderError(int status, String name, String message) {
    this(status, name, message, "");
  }

  /// Reads the body of a refusal; a body that is no JSON is its own message.
  static ProviderError read(String body) {
    var fields = new Fields();
    try {
      JsonWalk.walk(body, fields);
    } catch (IOException _) {
      return new ProviderError(0, "", body);
    }
    var error = fields.error();
    return error != null ? error : new ProviderError(0, "", body);
  }

  boolean names(String... words) {
    for (var word : words) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /// Whether its text holds one of these, in lower case.
  public boolean says(String... words) {
    var lower = message.toLowerCase(Locale.ROOT);
    for (var word : words) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /// Collects the fields of an error while a JSON text is walked: `{"error": {…}}`, also inside an
  /// array, `{"error": "…"}`, `{"object": "error", …}` and `{"detail": "…"}`.
  public static final class Fields implements JsonWalk.Visitor {

    private static final int LOWEST_STATUS = 400;
    private static final int HIGHEST_STATUS = 599;

    private int status;
    private String name = "";
    private String param = "";
    private @Nullable String message;
    private @Nullable String bareMessage;
    private boolean seen;

    @Override
    public void scalar(String path, JsonParser value) throws IOException {
      var text = value.getValueAsString();
      if (text == null) {
        return;
      }
      switch (path.startsWith("[].") ? path.substring(3) : path) {
        case "error.message", "error", "detail", "error.metadata.raw" -> {
          message = message == null ? text : message + ": " + text;
          seen = true;
        }
        case "error.code", "error.type", "error.status", "code", "type", "status" -> named(text);
        case "error.param", "param" -> param = text;
        case "message" -> bareMessage = text;
        case "object" -> seen |= text.equals("error");
        default -> {
          // A field of something else, or one that says nothing we act on.
        }
      }
    }

    private void named(String text) {
      int number = text.matches("\\d{3}") ? Integer.parseInt(text) : 0;
      if (number >= LOWEST_STATUS && number <= HIGHEST_STATUS) {
        status = number;
      } else {
        name = (name + " " + text.toLowerCase(Locale.ROOT)).strip();
      }
    }

    /// Whether the text says that it is about an error.
    public boolean isPlain() {
      return seen;
    }

    /// The error, or null if the text was about something else.
    public @Nullable ProviderError error() {
      if (message != null) {
        return new ProviderError(status, name, message, param);
      }
      if (bareMessage != null) {
        return new ProviderError(status, name, bareMessage, param);
      }
      return seen ? new ProviderError(status, name, "", param) : null;
    }
  }
}
