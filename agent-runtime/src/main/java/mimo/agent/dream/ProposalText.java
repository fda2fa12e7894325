package mimo.agent.dream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import mimo.agent.dream.Suggestion.Basis;
import mimo.agent.dream.Suggestion.State;
import mimo.agent.json.Json;
import mimo.agent.memory.Provenance;
import mimo.agent.memory.Revision;
import mimo.agent.memory.Revision.Held;
import mimo.agent.memory.Source;

/// A proposal as its file keeps it.
final class ProposalText {

  private ProposalText() {}

  /// @param clean takes secrets out of what others said
  static String write(Proposal proposal, UnaryOperator<String> clean) {
    var json =
        Json.object()
            .put("v", 1)
            .put("id", proposal.id())
            .put("at", proposal.at().toString())
            .put("author", proposal.author())
            .put("project", proposal.project())
            .put("days", proposal.days());
    var notes = json.putArray("notes");
    proposal.notes().forEach(note -> notes.add(clean.apply(note)));
    var suggestions = json.putArray("suggestions");
    proposal.suggestions().forEach(each -> write(suggestions.addObject(), each, clean));
    return Json.write(json) + "\n";
  }

  private static void write(ObjectNode json, Suggestion suggestion, UnaryOperator<String> clean) {
    json.put("state", word(suggestion.state())).put("reason", clean.apply(suggestion.reason()));
    json.put("place", suggestion.place());
    var revision = suggestion.revision();
    held(json.putArray("takes"), revision.takes());
    held(json.putArray("needs"), revision.needs());
    var provenance = revision.provenance();
    json.put("heading", revision.heading()).put("source", provenance.source().word());
    if (revision.adds()) {
      json.put("text", clean.apply(revision.text()))
          .put("id", provenance.id())
          .put("session", provenance.session())
          .put("turn", provenance.turn());
    }
    var basis = json.putArray("basis");
    for (var each : suggestion.basis()) {
      basis
          .addObject()
          .put("where", each.where())
          .put("turn", each.turn())
          .put("source", each.source())
          .put("excerpt", clean.apply(each.excerpt()));
    }
  }

  private static void held(ArrayNode json, List<Held> all) {
    all.forEach(held -> json.addObject().put("id", held.id()).put("digest", held.digest()));
  }

  /// @throws IllegalArgumentException if it is none
  static Proposal read(String text) {
    var json = Json.parse(text);
    if (json.path("v").asInt() != 1) {
      throw new IllegalArgumentException("its version is " + json.path("v").asText("missing"));
    }
    var notes = new ArrayList<String>();
    json.path("notes").forEach(note -> notes.add(note.asText()));
    var suggestions = new ArrayList<Suggestion>();
    json.path("suggestions").forEach(each -> suggestions.add(suggestion(each)));
    return new Proposal(
        json.path("id").asText(),
        Instant.parse(json.path("at").asText()),
        json.path("author").asText(),
        json.path("project").asText(),
        json.path("days").asInt(),
        notes,
        suggestions);
  }

  private static Suggestion suggestion(JsonNode json) {
    var basis = new ArrayList<Basis>();
    for (var each : json.path("basis")) {
      basis.add(
          new Basis(
              each.path("where").asText(),
              each.path("turn").asInt(),
              each.path("source").asText(),
              each.path("excerpt").asText()));
    }
    return new Suggestion(
        json.path("place").asText(),
        revision(json),
        json.path("reason").asText(),
        basis,
        State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)));
  }

  private static Revision revision(JsonNode json) {
    return new Revision(
        held(json.path("takes")),
        held(json.path("needs")),
        json.path("heading").asText(),
        json.path("text").asText(),
        new Provenance(
            json.path("id").asText(),
            Source.of(json.path("source").asText("agent")),
            json.path("session").asText(),
            json.path("turn").asInt()));
  }

  private static List<Held> held(JsonNode json) {
    var all = new ArrayList<Held>();
    json.forEach(each -> all.add(new Held(each.path("id").asText(), each.path("digest").asText())));
    return all;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
