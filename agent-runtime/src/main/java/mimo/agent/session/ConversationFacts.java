package mimo.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Locale;
import mimo.agent.json.Json;
import mimo.agent.provider.Price;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.Attached;
import mimo.agent.session.SessionFact.Cause;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.FilesKept;
import mimo.agent.session.SessionFact.Kept;
import mimo.agent.session.SessionFact.Moment;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnStatus;
import mimo.agent.session.SessionFact.Usual;
import org.jspecify.annotations.Nullable;

/// The facts that only conversations have, as JSON.
final class ConversationFacts {

  private ConversationFacts() {}

  static ObjectNode write(Chosen chosen) {
    var json = Json.object().put("agent", chosen.agent()).put("model", chosen.model());
    var price = chosen.price();
    if (price != null) {
      json.putObject("price")
          .put("input", price.inputPerMillionMicroUsd())
          .put("output", price.outputPerMillionMicroUsd())
          .put("cacheRead", price.cacheReadPerMillionMicroUsd());
    }
    json.put("system", chosen.system());
    chosen.tools().forEach(json.putArray("tools")::add);
    var usual = chosen.usual();
    if (usual != null) {
      json.putObject("usual").put("agent", usual.agent()).put("model", usual.model());
    }
    return json;
  }

  static Chosen chosen(JsonNode json) {
    var tools = new ArrayList<String>();
    json.path("tools").forEach(tool -> tools.add(tool.asText()));
    return new Chosen(
        json.path("agent").asText(),
        json.path("model").asText(),
        price(json.path("price")),
        json.path("system").asText(),
        tools,
        usual(json.path("usual")));
  }

  private static @Nullable Usual usual(JsonNode usual) {
    return usual.isObject()
        ? new Usual(usual.path("agent").asText(), usual.path("model").asText())
        : null;
  }

  private static @Nullable Price price(JsonNode price) {
    return price.isObject()
        ? new Price(
            price.path("input").asLong(),
            price.path("output").asLong(),
            price.path("cacheRead").asLong())
        : null;
  }

  static ObjectNode write(Asked asked) {
    var json = Json.object().put("prompt", asked.prompt());
    if (!asked.attached().isEmpty()) {
      var list = json.putArray("attached");
      asked
          .attached()
          .forEach(each -> list.addObject().put("name", each.name()).put("text", each.text()));
    }
    return json;
  }

  static Asked asked(JsonNode json) {
    var attached = new ArrayList<Attached>();
    for (var each : json.path("attached")) {
      attached.add(new Attached(each.path("name").asText(), each.path("text").asText()));
    }
    return new Asked(json.path("prompt").asText(), attached);
  }

  /// What holds no JSON string of its own, such as the value, is kept as text.
  static ObjectNode write(TurnEnded ended) {
    var json = Json.object().put("status", ended.status().name().toLowerCase(Locale.ROOT));
    put(json, "value", ended.value());
    put(json, "code", ended.code());
    put(json, "message", ended.message());
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static TurnEnded ended(JsonNode json) {
    return new TurnEnded(
        TurnStatus.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
        json.path("value").textValue(),
        json.path("code").textValue(),
        json.path("message").textValue());
  }

  static ObjectNode write(Rebuilt rebuilt) {
    return Json.object()
        .put("cause", rebuilt.cause().name().toLowerCase(Locale.ROOT))
        .put("text", rebuilt.text())
        .put("kept", rebuilt.kept().messages())
        .put("unseen", rebuilt.kept().unseen())
        .put("others", rebuilt.kept().others())
        .put("before", rebuilt.before())
        .put("after", rebuilt.after());
  }

  static Rebuilt rebuilt(JsonNode json) {
    return new Rebuilt(
        Cause.valueOf(json.path("cause").asText().toUpperCase(Locale.ROOT)),
        json.path("text").asText(),
        new Kept(
            json.path("kept").asInt(),
            json.path("unseen").asInt(),
            json.path("others").asInt(Kept.WHOLE)),
        json.path("before").asLong(),
        json.path("after").asLong());
  }

  static ObjectNode write(CheckpointKept kept) {
    return Json.object()
        .put("number", kept.number())
        .put("writer", kept.writer())
        .put("message", kept.message())
        .put("covered", kept.covered())
        .put("file", kept.file())
        .put("tokens", kept.tokens());
  }

  static CheckpointKept checkpointKept(JsonNode json) {
    return new CheckpointKept(
        json.path("number").asInt(),
        json.path("writer").asText(),
        json.path("message").asInt(),
        json.path("covered").asText(),
        json.path("file").asText(),
        json.path("tokens").asLong());
  }

  static ObjectNode write(FilesKept kept) {
    var json = Json.object().put("moment", kept.moment().name().toLowerCase(Locale.ROOT));
    put(json, "tree", kept.tree());
    return json;
  }

  static FilesKept filesKept(JsonNode json) {
    return new FilesKept(
        Moment.valueOf(json.path("moment").asText().toUpperCase(Locale.ROOT)),
        json.path("tree").textValue());
  }
}
