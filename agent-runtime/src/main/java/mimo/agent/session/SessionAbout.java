package mimo.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import mimo.agent.json.Json;
import org.jspecify.annotations.Nullable;

/// What the store keeps of a conversation beside what is said in it.
///
/// @param workspace the folder it is had in, free of links
/// @param title the beginning of what was asked first
/// @param child whose agent has it; null if the user has
public record SessionAbout(String workspace, String title, @Nullable Child child) {

  private static final int TITLE_CHARS = 80;
  private static final String PARENT = "parent";

  /// A conversation that an agent has with another one.
  ///
  /// @param parent the id of the session of the agent that asks
  /// @param name what the other is called there
  /// @param agent which agent that is
  /// @param model who thinks: `provider/id`
  /// @param background whether its first answer comes in by itself
  public record Child(String parent, String name, String agent, String model, boolean background) {}

  /// A conversation the user has.
  public SessionAbout(String workspace, String title) {
    this(workspace, title, null);
  }

  /// What is to be kept of a conversation that begins with this prompt.
  public static SessionAbout of(String workspace, String prompt) {
    var line = prompt.strip().replaceAll("\\s+", " ");
    int end =
        line.offsetByCodePoints(0, Math.min(TITLE_CHARS, line.codePointCount(0, line.length())));
    return new SessionAbout(workspace, line.substring(0, end));
  }

  /// The same as a conversation of an agent.
  public SessionAbout with(Child other) {
    return new SessionAbout(workspace, title, other);
  }

  public String json() {
    var json = Json.object().put("workspace", workspace).put("title", title);
    if (child != null) {
      json.putObject("child")
          .put(PARENT, child.parent())
          .put("name", child.name())
          .put("agent", child.agent())
          .put("model", child.model())
          .put("background", child.background());
    }
    return Json.write(json);
  }

  /// Reads what [#json] wrote; what is not there is empty.
  public static SessionAbout parse(String json) {
    var about = Json.parse(json);
    return new SessionAbout(
        about.path("workspace").asText(), about.path("title").asText(), child(about.path("child")));
  }

  private static @Nullable Child child(JsonNode child) {
    return child.has(PARENT)
        ? new Child(
            child.path(PARENT).asText(),
            child.path("name").asText(),
            child.path("agent").asText(),
            child.path("model").asText(),
            child.path("background").asBoolean())
        : null;
  }
}
