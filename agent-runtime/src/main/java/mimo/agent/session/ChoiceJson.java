package mimo.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Locale;
import mimo.agent.json.Json;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.Choice.Candidate;
import mimo.agent.maxmode.Choice.How;
import mimo.agent.provider.TokenUsage;

/// The choice among candidates, as JSON.
final class ChoiceJson {

  private ChoiceJson() {}

  static ObjectNode write(Choice choice) {
    var json = Json.object().put("wanted", choice.wanted());
    var candidates = json.putArray("candidates");
    for (var each : choice.candidates()) {
      var entry = candidates.addObject();
      if (each.fault() == null) {
        entry.put("digest", each.digest()).put("said", each.said());
      } else {
        entry.put("fault", each.fault());
      }
      entry.set("usage", FactCodec.usage(each.usage()));
    }
    json.put("chosen", choice.chosen())
        .put("how", choice.how().name().toLowerCase(Locale.ROOT))
        .put("reason", choice.reason());
    var judging = json.putArray("judging");
    choice.judging().forEach(usage -> judging.add(FactCodec.usage(usage)));
    return json;
  }

  static Choice read(JsonNode json) {
    var candidates = new ArrayList<Candidate>();
    for (var each : json.path("candidates")) {
      candidates.add(
          new Candidate(
              each.path("digest").asText(),
              each.path("said").asText(),
              each.path("fault").textValue(),
              FactCodec.readUsage(each.path("usage"))));
    }
    var judging = new ArrayList<TokenUsage>();
    json.path("judging").forEach(usage -> judging.add(FactCodec.readUsage(usage)));
    return new Choice(
        json.path("wanted").asInt(),
        candidates,
        json.path("chosen").asInt(),
        How.valueOf(json.path("how").asText().toUpperCase(Locale.ROOT)),
        json.path("reason").asText(),
        judging);
  }
}
