package mimo.agent.session;

import mimo.agent.json.Json;

/// What the store keeps of a conversation beside what is said in it.
///
/// @param workspace the folder it is had in, free of links
/// @param title the beginning of what was asked first
public record SessionAbout(String workspace, String title) {

  private static final int TITLE_CHARS = 80;

  /// What is to be kept of a conversation that begins with this prompt.
  public static SessionAbout of(String workspace, String prompt) {
    var line = prompt.strip().replaceAll("\\s+", " ");
    int end =
        line.offsetByCodePoints(0, Math.min(TITLE_CHARS, line.codePointCount(0, line.length())));
    return new SessionAbout(workspace, line.substring(0, end));
  }

  public String json() {
    return Json.write(Json.object().put("workspace", workspace).put("title", title));
  }

  /// Reads what [#json] wrote; what is not there is empty.
  public static SessionAbout parse(String json) {
    var about = Json.parse(json);
    return new SessionAbout(about.path("workspace").asText(), about.path("title").asText());
  }
}
