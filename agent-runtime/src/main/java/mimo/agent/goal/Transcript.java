package mimo.agent.goal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.session.GoalFact;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.DeferredTools;
import org.jspecify.annotations.Nullable;

/// Everything that was said and done in a session, as a judge is shown it: data, piece by piece,
/// and for each piece whether it can prove anything (G3, G4). Immutable.
///
/// @param pieces in order
public record Transcript(List<Piece> pieces) {

  /// Tools that tell what agents say. That is a claim, whoever repeats it.
  private static final Set<String> CLAIMS =
      Set.of("agent", "workflow", "task", "todo", "memory", "history", "skill");

  private static final String BASH = "bash";

  private static final String SET =
      "The goal was set here. What was said and put out before proves nothing of it.";

  /// Who speaks.
  public enum From {
    USER,
    AGENT,
    /// A call of a tool, as the agent made it.
    CALL,
    TOOL,
    /// The program, or what came in by itself.
    PROGRAM
  }

  /// One piece of it.
  ///
  /// @param tool which was called or answers; null if none
  /// @param own what the agent wrote into the call, or into the call whose answer this is; empty if
  ///   that answer comes from another call
  /// @param counts whether it can prove something outside the agent's own words
  public record Piece(From from, @Nullable String tool, String text, String own, boolean counts) {
    Piece(From from, String text) {
      this(from, null, text, "", false);
    }

    /// The same, not longer than this.
    Piece cut(int most) {
      return new Piece(from, tool, Excerpt.of(text, most), own, counts);
    }

    Piece asClaim() {
      return new Piece(from, tool, text, own, false);
    }
  }

  /// What a quote proves.
  enum Proof {
    /// Nothing.
    NONE,
    /// That something holds words of the agent: they were read back by a call they are not in.
    OF_WRITING,
    /// What it says: nobody but a tool or the user said it before.
    OF_FACTS
  }

  public Transcript {
    pieces = List.copyOf(pieces);
  }

  /// A session told by its facts: all of it, whatever a model is told of it now. What was put out
  /// before the goal was set proves nothing of it.
  public static Transcript ofFacts(List<SessionFact> facts) {
    var reading = new Reading();
    for (var fact : facts) {
      switch (fact) {
        case SessionFact.Asked asked -> reading.user(asked.words());
        case SessionFact.Prompted(var text) -> reading.add(new Piece(From.PROGRAM, text));
        case SessionFact.Arrived(_, var text) -> reading.add(new Piece(From.PROGRAM, text));
        case SessionFact.TurnReceived turn -> reading.model(turn.content());
        case SessionFact.ToolEnded(var answer, _) -> reading.answer(answer);
        case GoalFact.Set _ -> reading.set();
        case GoalFact.Ruled ruled when ruled.told() != null ->
            reading.add(new Piece(From.PROGRAM, ruled.told()));
        case SessionFact _ -> {}
      }
    }
    return new Transcript(reading.pieces);
  }

  /// A conversation told by its messages, of which nobody can tell who wrote the user's: none of
  /// those proves anything.
  ///
  /// @param before how many of them were said before the goal was set
  public static Transcript ofMessages(List<Message> messages, int before) {
    var reading = new Reading();
    int at = 0;
    for (var message : messages) {
      if (at++ == before && before > 0) {
        reading.set();
      }
      switch (message) {
        case Message.User(var text) -> reading.add(new Piece(From.USER, text));
        case Message.Model(var content) -> reading.model(content);
        case Message.Tools(var answers) -> answers.forEach(reading::answer);
      }
    }
    return new Transcript(reading.pieces);
  }

  /// Whether some piece holds the quote, literally.
  boolean holds(String quote) {
    return pieces.stream().anyMatch(piece -> piece.text().contains(quote));
  }

  /// What the quote proves, wherever it stands. Words the agent has sent to one tool come back from
  /// another: from what it wrote into a file, or had repeated in the background.
  ///
  /// @param wish what the user wants; the same words of the user prove nothing
  Proof proof(String quote, String wish) {
    boolean own = false;
    var proof = Proof.NONE;
    for (var piece : pieces) {
      own |= piece.from() == From.CALL && piece.own().contains(quote);
      boolean there = piece.counts() && piece.text().contains(quote);
      if (there && (piece.from() == From.USER ? !wish.contains(quote) : !own)) {
        return Proof.OF_FACTS;
      }
      if (there && !piece.own().isEmpty() && !piece.own().contains(quote)) {
        proof = Proof.OF_WRITING;
      }
    }
    return proof;
  }

  /// Writes the pieces, numbered from 1.
  void write(ArrayNode list, List<Piece> shown, int first) {
    int number = first;
    for (var piece : shown) {
      var json =
          list.addObject()
              .put("n", number++)
              .put("from", piece.from().name().toLowerCase(Locale.ROOT));
      if (piece.tool() != null) {
        json.put("tool", piece.tool());
      }
      json.put("text", piece.text());
    }
  }

  /// Puts pieces together. Confined to one thread.
  private static final class Reading {

    private final List<Piece> pieces = new ArrayList<>();
    private final Map<String, Content.ToolCall> calls = new HashMap<>();

    /// Whether the agent has said something since the goal was set. What the user asks for before
    /// that is a wish, and what is said after it may be about what was done.
    private boolean worked;

    void add(Piece piece) {
      pieces.add(piece);
    }

    void set() {
      pieces.replaceAll(Piece::asClaim);
      worked = false;
      add(new Piece(From.PROGRAM, SET));
    }

    void user(String text) {
      add(new Piece(From.USER, null, text, "", worked));
    }

    void model(List<Content> content) {
      worked = true;
      for (var piece : content) {
        switch (piece) {
          case Content.Text(var text) -> add(new Piece(From.AGENT, text));
          case Content.ToolCall said -> {
            var call = DeferredTools.meant(said);
            calls.put(call.id(), call);
            add(new Piece(From.CALL, call.tool(), call.arguments(), own(call), false));
          }
          case Content.Reasoning _ -> {}
        }
      }
    }

    /// Only what a command put out is worth anything if it failed: other tools answer a bad call
    /// with words out of the call.
    void answer(ToolAnswer answer) {
      var call = calls.get(answer.call());
      var tool = call == null ? "" : call.tool();
      boolean ran =
          answer.status() == Message.Status.OK
              || (answer.status() == Message.Status.ERROR && tool.equals(BASH));
      var own = call == null || isOfAnother(call) ? "" : own(call);
      add(new Piece(From.TOOL, tool, answer.text(), own, ran && !CLAIMS.contains(tool)));
    }

    /// What works in the background is asked for by a call of its own.
    private static boolean isOfAnother(Content.ToolCall call) {
      return call.tool().equals(BASH) && !call.arguments().contains("\"command\"");
    }

    /// What the agent wrote into a call: its texts as they are, not as JSON writes them, since what
    /// is echoed comes back so.
    private static String own(Content.ToolCall call) {
      var own = new StringBuilder(call.tool());
      try {
        texts(Json.parse(call.arguments()), own);
      } catch (IllegalArgumentException noJson) {
        own.append('\n').append(call.arguments());
      }
      return own.toString();
    }

    private static void texts(JsonNode node, StringBuilder own) {
      if (node.isValueNode()) {
        own.append('\n').append(node.asText());
      }
      node.forEach(each -> texts(each, own));
    }
  }
}
