package mimo.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import mimo.agent.AgentEvent;
import mimo.agent.json.Json;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.AttemptStarted;
import mimo.agent.session.SessionFact.Began;
import mimo.agent.session.SessionFact.CandidatesLost;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.Ended;
import mimo.agent.session.SessionFact.FilesKept;
import mimo.agent.session.SessionFact.PermissionDecided;
import mimo.agent.session.SessionFact.Prompted;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.ToolEnded;
import mimo.agent.session.SessionFact.ToolStarted;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.session.SessionFact.TurnRedone;
import mimo.agent.session.SessionFact.TurnsUndone;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.engine.Session;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// Facts as the entries of a session.
public final class FactCodec {

  private static final String MODEL = "model";
  private static final String CALL = "call";
  private static final String TOOLS = "tools";
  private static final String EFFORT = "effort";
  private static final String SYSTEM = "system";
  private static final String REASON = "reason";
  private static final String WORKTREE = "worktree";
  private static final String MESSAGE = "message";
  private static final String MEMORY = "memory";

  /// The type of the entry that begins a turn of a conversation.
  public static final String ASKED = "asked";

  /// The type of the entry that ends one.
  public static final String TURN_ENDED = "turn_ended";

  private FactCodec() {}

  /// Appends a fact.
  ///
  /// @return the fact as any later reader will see it
  static SessionFact append(Session session, SessionFact fact) {
    var json = Json.write(members(fact));
    var stored = session.append(type(fact), json);
    return stored.json().equals(json) ? fact : read(stored);
  }

  private static String type(SessionFact fact) {
    return switch (fact) {
      case Began _ -> "session_began";
      case Chosen _ -> "agent_chosen";
      case Asked _ -> ASKED;
      case TurnEnded _ -> TURN_ENDED;
      case TurnReceived _ -> "turn_received";
      case PermissionDecided _ -> "permission_decided";
      case ToolStarted _ -> "tool_started";
      case ToolEnded _ -> "tool_result";
      case FilesKept _ -> "files_kept";
      case TurnsUndone _ -> "turns_undone";
      case TurnRedone _ -> "turn_redone";
      case Prompted _ -> "prompted";
      case Arrived _ -> "arrived";
      case GoalFact goal -> GoalFacts.type(goal);
      case CheckpointKept _ -> "checkpoint_kept";
      case CandidatesLost _ -> "candidates_lost";
      case Rebuilt _ -> "rebuilt";
      case AttemptStarted _ -> "attempt_started";
      case Ended _ -> "session_ended";
    };
  }

  private static ObjectNode members(SessionFact fact) {
    var json = Json.object();
    return switch (fact) {
      case Began(var model, var effort, var system, var tools, var worktree, var memory) -> {
        json.put(MODEL, model);
        putIfGiven(json, EFFORT, effort);
        putIfGiven(json, SYSTEM, system);
        tools.forEach(json.putArray(TOOLS)::add);
        if (worktree != null) {
          json.putObject(WORKTREE).put("name", worktree.name()).put("start", worktree.start());
        }
        putIfGiven(json, MEMORY, memory);
        yield json;
      }
      case Chosen chosen -> ConversationFacts.write(chosen);
      case Asked asked -> ConversationFacts.write(asked);
      case TurnEnded ended -> ConversationFacts.write(ended);
      case TurnReceived(var content, var finish, var usage, var choice) -> {
        json.set("content", ContentJson.write(content));
        json.put("finish", finish.name().toLowerCase(Locale.ROOT));
        json.set("usage", usage(usage));
        if (choice != null) {
          json.set("choice", ChoiceJson.write(choice));
        }
        yield json;
      }
      case PermissionDecided(var call, var outcome, var reason) ->
          json.put(CALL, call)
              .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .put(REASON, reason);
      case ToolStarted(var call) -> json.put(CALL, call);
      case ToolEnded(var answer, var took) -> ContentJson.write(answer).put("ms", took.toMillis());
      case FilesKept kept -> ConversationFacts.write(kept);
      case TurnsUndone(var turn, var left) -> json.put("turn", turn).put("left", left);
      case TurnRedone(var turn) -> json.put("turn", turn);
      case Prompted(var text) -> json.put("text", text);
      case Arrived(var from, var text) -> json.put("from", from).put("text", text);
      case GoalFact goal -> GoalFacts.write(goal);
      case CheckpointKept kept -> ConversationFacts.write(kept);
      case CandidatesLost(var choice) -> ChoiceJson.write(choice);
      case Rebuilt rebuilt -> ConversationFacts.write(rebuilt);
      case AttemptStarted(var reason) -> json.put(REASON, reason);
      case Ended(var code, var message) -> {
        putIfGiven(json, "code", code);
        putIfGiven(json, MESSAGE, message);
        yield json;
      }
    };
  }

  private static void putIfGiven(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static ObjectNode usage(TokenUsage usage) {
    return Json.object()
        .put("input", usage.input())
        .put("output", usage.output())
        .put("reasoning", usage.reasoning())
        .put("cacheRead", usage.cacheRead())
        .put("cacheWrite", usage.cacheWrite());
  }

  /// Reads an entry.
  ///
  /// @throws IllegalArgumentException if this version does not know it
  public static SessionFact read(SessionEntry entry) {
    var json = Json.parse(entry.json());
    return switch (entry.type()) {
      case "session_began" -> began(json);
      case "agent_chosen" -> ConversationFacts.chosen(json);
      case ASKED -> ConversationFacts.asked(json);
      case TURN_ENDED -> ConversationFacts.ended(json);
      case "turn_received" ->
          new TurnReceived(
              ContentJson.read(json.path("content")),
              Finish.valueOf(json.path("finish").asText().toUpperCase(Locale.ROOT)),
              readUsage(json.path("usage")),
              json.has("choice") ? ChoiceJson.read(json.path("choice")) : null);
      case "permission_decided" ->
          new PermissionDecided(
              json.path(CALL).asText(),
              AgentEvent.Outcome.valueOf(json.path("outcome").asText().toUpperCase(Locale.ROOT)),
              json.path(REASON).asText());
      case "tool_started" -> new ToolStarted(json.path(CALL).asText());
      case "tool_result" ->
          new ToolEnded(ContentJson.readAnswer(json), Duration.ofMillis(json.path("ms").asLong()));
      case "files_kept" -> ConversationFacts.filesKept(json);
      case "turns_undone" -> new TurnsUndone(json.path("turn").asInt(), json.path("left").asText());
      case "turn_redone" -> new TurnRedone(json.path("turn").asInt());
      case "prompted" -> new Prompted(json.path("text").asText());
      case "arrived" -> new Arrived(json.path("from").asText(), json.path("text").asText());
      case "checkpoint_kept" -> ConversationFacts.checkpointKept(json);
      case "candidates_lost" -> new CandidatesLost(ChoiceJson.read(json));
      case "rebuilt" -> ConversationFacts.rebuilt(json);
      case "attempt_started" -> new AttemptStarted(json.path(REASON).asText());
      case "session_ended" -> new Ended(text(json, "code"), text(json, MESSAGE));
      default -> ofGoal(entry.type(), json);
    };
  }

  private static GoalFact ofGoal(String type, JsonNode json) {
    var fact = GoalFacts.read(type, json);
    if (fact == null) {
      throw new IllegalArgumentException("entries of type '" + type + "' are unknown");
    }
    return fact;
  }

  private static Began began(JsonNode json) {
    var tools = new ArrayList<String>();
    json.path(TOOLS).forEach(tool -> tools.add(tool.asText()));
    var worktree = json.path(WORKTREE);
    return new Began(
        json.path(MODEL).asText(),
        text(json, EFFORT),
        text(json, SYSTEM),
        tools,
        worktree.isObject()
            ? new WorktreeName(worktree.path("name").asText(), worktree.path("start").asText())
            : null,
        text(json, MEMORY));
  }

  static TokenUsage readUsage(JsonNode usage) {
    return new TokenUsage(
        usage.path("input").asLong(),
        usage.path("output").asLong(),
        usage.path("reasoning").asLong(),
        usage.path("cacheRead").asLong(),
        usage.path("cacheWrite").asLong());
  }

  private static @Nullable String text(JsonNode json, String name) {
    return json.path(name).textValue();
  }
}
