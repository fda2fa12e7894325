package mimo.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import mimo.agent.json.Json;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact.Accepted;
import mimo.agent.session.GoalFact.Asked;
import mimo.agent.session.GoalFact.By;
import mimo.agent.session.GoalFact.Change;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Cleared;
import mimo.agent.session.GoalFact.Guarded;
import mimo.agent.session.GoalFact.Judged;
import mimo.agent.session.GoalFact.Result;
import mimo.agent.session.GoalFact.Ruled;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.GoalFact.Tests;
import org.jspecify.annotations.Nullable;

/// The facts of a goal, as JSON.
public final class GoalFacts {

  private static final String REASON = "reason";
  private static final String EVIDENCE = "evidence";
  private static final String CHANGES = "changes";
  private static final String USAGE = "usage";
  private static final String MICRO_USD = "microUsd";
  private static final String MODEL = "model";

  private GoalFacts() {}

  static String type(GoalFact fact) {
    return switch (fact) {
      case GoalFact.Set _ -> "goal_set";
      case Cleared _ -> "goal_cleared";
      case Checked _ -> "goal_checked";
      case Accepted _ -> "goal_accepted";
      case Judged _ -> "goal_judged";
      case Ruled _ -> "goal_ruled";
    };
  }

  static ObjectNode write(GoalFact fact) {
    var json = Json.object();
    return switch (fact) {
      case GoalFact.Set set -> write(set);
      case Cleared _ -> json;
      case Checked(var changes, var results, var originals) -> {
        changes(json.putArray(CHANGES), changes);
        results(json.putArray("results"), results);
        results(json.putArray("originals"), originals);
        yield json;
      }
      case Accepted(var accepted, var words) -> json.put("accepted", accepted).put("words", words);
      case Judged judged -> write(judged);
      case Ruled ruled -> write(ruled);
    };
  }

  private static ObjectNode write(GoalFact.Set set) {
    var json =
        Json.object()
            .put("condition", set.condition())
            .put("by", word(set.by()))
            .put("tests", word(set.tests()))
            .put("most", set.most());
    var checks = json.putArray("checks");
    set.checks().forEach(check -> checks.add(write(check)));
    var guarded = json.putArray("guarded");
    for (var file : set.guarded()) {
      var each = guarded.addObject().put("path", file.path()).put("sha256", file.sha256());
      if (file.configuration()) {
        each.put("configuration", true);
      }
    }
    if (set.copy() != null) {
      json.put("copy", set.copy());
    }
    return json;
  }

  /// A check as scripts write it.
  public static ObjectNode write(Check check) {
    var json = Json.object();
    return switch (check) {
      case Check.Command(var line, var exit) -> json.put("command", line).put("exit", exit);
      case Check.Exists(var path) -> json.put("exists", path);
      case Check.Absent(var path) -> json.put("absent", path);
      case Check.Matches(var path, var pattern) -> json.put("file", path).put("matches", pattern);
      case Check.Hash(var path, var sha256) -> json.put("file", path).put("sha256", sha256);
    };
  }

  private static ObjectNode write(Judged judged) {
    var json =
        Json.object()
            .put("asked", word(judged.asked()))
            .put("ok", judged.ok())
            .put("impossible", judged.impossible())
            .put(REASON, judged.reason())
            .put(MODEL, judged.model());
    judged.evidence().forEach(json.putArray(EVIDENCE)::add);
    json.set(USAGE, FactCodec.usage(judged.usage()));
    put(json, "fault", judged.fault());
    if (judged.microUsd() != null) {
      json.put(MICRO_USD, judged.microUsd());
    }
    return json;
  }

  private static ObjectNode write(Ruled ruled) {
    var json =
        Json.object()
            .put("state", word(ruled.state()))
            .put(REASON, ruled.reason())
            .put("checked", ruled.checked())
            .put("reentries", ruled.reentries())
            .put("most", ruled.most());
    ruled.evidence().forEach(json.putArray(EVIDENCE)::add);
    changes(json.putArray(CHANGES), ruled.changes());
    json.set(USAGE, FactCodec.usage(ruled.usage()));
    put(json, "told", ruled.told());
    put(json, MODEL, ruled.model());
    if (ruled.microUsd() != null) {
      json.put(MICRO_USD, ruled.microUsd());
    }
    return json;
  }

  private static void changes(ArrayNode list, List<Change> changes) {
    changes.forEach(
        each -> list.addObject().put("path", each.path()).put("kind", word(each.kind())));
  }

  private static void results(ArrayNode list, List<Result> results) {
    results.forEach(each ->
        list.addObject()
            .put("check", each.check())
            .put("passed", each.passed())
            .put("output", each.output()));
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /// What [#type] says of an entry that holds something else is none.
  ///
  /// @return null if no goal's fact has this type
  static @Nullable GoalFact read(String type, JsonNode json) {
    return switch (type) {
      case "goal_set" -> set(json);
      case "goal_cleared" -> new Cleared();
      case "goal_checked" ->
          new Checked(
              changes(json), results(json.path("results")), results(json.path("originals")));
      case "goal_accepted" ->
          new Accepted(json.path("accepted").asBoolean(), json.path("words").asText());
      case "goal_judged" -> judged(json);
      case "goal_ruled" -> ruled(json);
      default -> null;
    };
  }

  private static GoalFact.Set set(JsonNode json) {
    return new GoalFact.Set(
        json.path("condition").asText(),
        list(json.path("checks"), GoalFacts::check),
        constant(By.class, json.path("by")),
        constant(Tests.class, json.path("tests")),
        json.path("most").asInt(),
        list(
            json.path("guarded"),
            each ->
                new Guarded(
                    each.path("path").asText(),
                    each.path("sha256").asText(),
                    each.path("configuration").asBoolean())),
        json.path("copy").textValue());
  }

  /// What [#write(Check)] wrote.
  ///
  /// @throws IllegalArgumentException if it is no check
  public static Check check(JsonNode json) {
    if (json.has("command")) {
      return new Check.Command(json.path("command").asText(), json.path("exit").asInt());
    }
    if (json.has("exists")) {
      return new Check.Exists(json.path("exists").asText());
    }
    if (json.has("absent")) {
      return new Check.Absent(json.path("absent").asText());
    }
    var file = json.path("file").asText();
    if (json.has("matches")) {
      return new Check.Matches(file, json.path("matches").asText());
    }
    if (json.has("sha256")) {
      return new Check.Hash(file, json.path("sha256").asText());
    }
    throw new IllegalArgumentException("a check has command, exists, absent, matches or sha256");
  }

  private static Judged judged(JsonNode json) {
    return new Judged(
        constant(Asked.class, json.path("asked")),
        json.path("ok").asBoolean(),
        json.path("impossible").asBoolean(),
        json.path(REASON).asText(),
        list(json.path(EVIDENCE), JsonNode::asText),
        json.path("fault").textValue(),
        json.path(MODEL).asText(),
        usage(json),
        microUsd(json));
  }

  private static Ruled ruled(JsonNode json) {
    return new Ruled(
        constant(State.class, json.path("state")),
        json.path(REASON).asText(),
        list(json.path(EVIDENCE), JsonNode::asText),
        json.path("checked").asBoolean(),
        changes(json),
        json.path("reentries").asInt(),
        json.path("most").asInt(),
        json.path("told").textValue(),
        json.path(MODEL).textValue(),
        usage(json),
        microUsd(json));
  }

  private static TokenUsage usage(JsonNode json) {
    return FactCodec.readUsage(json.path(USAGE));
  }

  private static @Nullable Long microUsd(JsonNode json) {
    return json.has(MICRO_USD) ? Long.valueOf(json.path(MICRO_USD).asLong()) : null;
  }

  private static List<Change> changes(JsonNode json) {
    return list(
        json.path(CHANGES),
        each ->
            new Change(each.path("path").asText(), constant(Change.Kind.class, each.path("kind"))));
  }

  private static List<Result> results(JsonNode list) {
    return list(
        list,
        each ->
            new Result(
                each.path("check").asText(),
                each.path("passed").asBoolean(),
                each.path("output").asText()));
  }

  private static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> reader) {
    var all = new ArrayList<T>();
    nodes.forEach(node -> all.add(reader.apply(node)));
    return all;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word) {
    return Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT));
  }
}
