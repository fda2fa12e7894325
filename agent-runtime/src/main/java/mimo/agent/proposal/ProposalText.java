package mimo.agent.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mimo.agent.json.Json;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Provenance;
import mimo.agent.memory.Revision;
import mimo.agent.memory.Revision.Held;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Suggestion.Basis;
import mimo.agent.proposal.Suggestion.State;
import mimo.agent.skill.Skill;

/// A proposal as its file keeps it.
final class ProposalText {

  private ProposalText() {}

  /// Its memory takes secrets out of what others said.
  static String write(Proposal proposal, Memory memory) {
    var json =
        Json.object()
            .put("v", version(proposal.origin()))
            .put("id", proposal.id())
            .put("at", proposal.at().toString())
            .put("author", proposal.author())
            .put("project", proposal.project())
            .put("days", proposal.days());
    var notes = json.putArray("notes");
    proposal.notes().forEach(note -> notes.add(memory.kept(note)));
    var suggestions = json.putArray("suggestions");
    proposal.suggestions().forEach(each -> write(suggestions.addObject(), each, memory));
    return Json.write(json) + "\n";
  }

  /// What a version knows that has no drafts keeps the number it knows.
  private static int version(Origin origin) {
    return switch (origin) {
      case DREAM -> 1;
      case DISTILL -> 2;
    };
  }

  private static void write(ObjectNode json, Suggestion suggestion, Memory memory) {
    json.put("state", word(suggestion.state())).put("reason", memory.kept(suggestion.reason()));
    switch (suggestion.change()) {
      case Change.OfMemory(var place, var revision) ->
          write(json.put("place", place), revision, memory);
      case Draft draft -> write(json, draft, memory);
    }
    var basis = json.putArray("basis");
    for (var each : suggestion.basis()) {
      basis
          .addObject()
          .put("where", each.where())
          .put("turn", each.turn())
          .put("source", each.source())
          .put("excerpt", memory.kept(each.excerpt()));
    }
  }

  /// Its text becomes a file of its own, in which comments are what they are.
  private static void write(ObjectNode json, Draft draft, Memory memory) {
    json.put("kind", draft.kind().word())
        .put("name", memory.clean(draft.name()))
        .put("owner", draft.owner().word())
        .put("path", memory.clean(draft.path()))
        .put("before", draft.before())
        .put("source", draft.source().word())
        .put("text", memory.clean(draft.text()));
  }

  private static void write(ObjectNode json, Revision revision, Memory memory) {
    held(json.putArray("takes"), revision.takes());
    held(json.putArray("needs"), revision.needs());
    var provenance = revision.provenance();
    json.put("heading", revision.heading()).put("source", provenance.source().word());
    if (revision.adds()) {
      json.put("text", memory.kept(revision.text()))
          .put("id", provenance.id())
          .put("session", provenance.session())
          .put("turn", provenance.turn());
    }
  }

  private static void held(ArrayNode json, List<Held> all) {
    all.forEach(held -> json.addObject().put("id", held.id()).put("digest", held.digest()));
  }

  /// @throws IllegalArgumentException if it is none
  static Proposal read(String text) {
    var json = Json.parse(text);
    var origin = origin(json.path("v").asInt());
    var notes = new ArrayList<String>();
    json.path("notes").forEach(note -> notes.add(note.asText()));
    var suggestions = new ArrayList<Suggestion>();
    json.path("suggestions").forEach(each -> suggestions.add(suggestion(each)));
    return new Proposal(
        json.path("id").asText(),
        Instant.parse(json.path("at").asText()),
        origin,
        json.path("author").asText(),
        json.path("project").asText(),
        json.path("days").asInt(),
        notes,
        suggestions);
  }

  private static Origin origin(int version) {
    return Stream.of(Origin.values())
        .filter(origin -> version(origin) == version)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("its version is " + version));
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
        json.has("kind")
            ? draft(json)
            : new Change.OfMemory(json.path("place").asText(), revision(json)),
        json.path("reason").asText(),
        basis,
        State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)));
  }

  private static Draft draft(JsonNode json) {
    return new Draft(
        Draft.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
        json.path("name").asText(),
        Skill.Owner.valueOf(json.path("owner").asText().toUpperCase(Locale.ROOT)),
        json.path("path").asText(),
        json.path("before").asText(),
        json.path("text").asText(),
        Source.of(json.path("source").asText()));
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
