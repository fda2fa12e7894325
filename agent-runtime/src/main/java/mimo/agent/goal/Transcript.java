package mimo.agent.goal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  /// @param own what the agent itself put into the call whose answer this is; empty if that cannot
  ///   come back as its result
  /// @param counts whether it can prove something outside the agent's own words
  public record Piece(From from, @Nullable String tool, String text, String own, boolean counts) {
    Piece(From from, String text) {
      this(from, null, text, "", false);
    }

    /// The same, not longer than this.
    Piece cut(int most) {
      return new Piece(from, tool, Excerpt.of(text, most), own, counts);
    }

    /// Whether it holds the quote, and the agent did not just have it repeated.
    boolean proves(String quote) {
      return counts && text.contains(quote) && !own.contains(quote);
    }
  }

  public Transcript {
    pieces = List.copyOf(pieces);
  }

  /// A session told by its facts: all of it, whatever a model is told of it now.
  public static Transcript ofFacts(List<SessionFact> facts) {
    var reading = new Reading();
    for (var fact : facts) {
      switch (fact) {
        case SessionFact.Asked asked -> reading.user(asked.words());
        case SessionFact.Prompted(var text) -> reading.add(new Piece(From.PROGRAM, text));
        case SessionFact.Arrived(_, var text) -> reading.add(new Piece(From.PROGRAM, text));
        case SessionFact.TurnReceived turn -> reading.model(turn.content());
        case SessionFact.ToolEnded(var answer, _) -> reading.answer(answer);
        case GoalFact.Set _ -> reading.worked = false;
        case GoalFact.Ruled ruled when ruled.told() != null ->
            reading.add(new Piece(From.PROGRAM, ruled.told()));
        case SessionFact _ -> {}
      }
    }
    return new Transcript(reading.pieces);
  }

  /// A conversation told by its messages, of which nobody can tell who wrote the user's: none of
  /// those proves anything.
  public static Transcript ofMessages(List<Message> messages) {
    var reading = new Reading();
    for (var message : messages) {
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

  /// Whether some piece proves what the quote says.
  boolean proves(String quote) {
    return pieces.stream().anyMatch(piece -> piece.proves(quote));
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
            add(new Piece(From.CALL, call.tool(), call.arguments(), "", false));
          }
          case Content.Reasoning _ -> {}
        }
      }
    }

    void answer(ToolAnswer answer) {
      var call = calls.get(answer.call());
      var tool = call == null ? "" : call.tool();
      boolean ran = answer.status() == Message.Status.OK || answer.status() == Message.Status.ERROR;
      var own = call != null && tool.equals(BASH) ? unescaped(call.arguments()) : "";
      add(new Piece(From.TOOL, tool, answer.text(), own, ran && !CLAIMS.contains(tool)));
    }

    /// A command as it is, not as JSON writes it: what is echoed comes back so.
    private static String unescaped(String arguments) {
      try {
        return mimo.agent.json.Json.parse(arguments).path("command").asText();
      } catch (IllegalArgumentException noJson) {
        return arguments;
      }
    }
  }
}
