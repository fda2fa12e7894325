package mimo.agent.memory.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.json.Json;

/// Texts, and questions of which it is known where the answers stand.
///
/// @param texts by collection: a question is asked of one collection alone
record RetrievalSet(Map<String, List<Text>> texts, List<Asked> questions) {

  /// @param id that evidence names
  /// @param group what it stands in, in order, such as a session
  /// @param heading such as the day
  record Text(String id, String group, String heading, String body) {}

  /// @param kind by which results are told apart
  /// @param evidence the ids of the texts that answer it
  record Asked(String collection, String kind, String words, List<String> evidence) {}

  /// Reads lines such as `{"collection":"c","id":"d1:3","group":"d1","heading":"7 May 2023",
  /// "text":"…"}` and `{"collection":"c","question":"…","kind":"…","evidence":["d1:3"]}`. All but
  /// `id` and `text`, or `question` and `evidence`, may be left out.
  static RetrievalSet read(Path file) throws IOException {
    var texts = new LinkedHashMap<String, List<Text>>();
    var questions = new ArrayList<Asked>();
    try (var lines = Files.lines(file)) {
      for (var line : lines.filter(each -> !each.isBlank()).toList()) {
        var json = Json.parse(line);
        var collection = json.path("collection").asText("all");
        if (json.has("question")) {
          var evidence = new ArrayList<String>();
          json.path("evidence").forEach(id -> evidence.add(id.asText()));
          var kind = json.path("kind").asText("all");
          questions.add(new Asked(collection, kind, json.path("question").asText(), evidence));
        } else {
          texts
              .computeIfAbsent(collection, _ -> new ArrayList<>())
              .add(
                  new Text(
                      json.path("id").asText(),
                      json.path("group").asText("all"),
                      json.path("heading").asText(),
                      json.path("text").asText()));
        }
      }
    }
    return new RetrievalSet(texts, questions);
  }
}
