package mimo.agent.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import mimo.agent.memory.Heard;
import mimo.agent.memory.MemoryDigest;
import mimo.agent.memory.Source;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.agent.tool.DeferredTools;
import mimo.agent.workflow.SessionRuns;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionEntry;

/// One thing that was said in a session.
///
/// @param session its id; of an agent of a workflow, its run and step
/// @param number of the entry it stands in, or of the message, counted from 1
/// @param kind `user`, `model`, `call` or `result`
/// @param tool whose call or result it is; empty for the others
/// @param context when in the session it was said, and from whom it may be
public record Said(
    String session,
    int number,
    Instant at,
    String kind,
    String tool,
    String text,
    Context context) {

  /// Where something stands in its session.
  ///
  /// @param turn counted from 1; 0 before the first
  /// @param source the least trusted that its words may be from
  /// @param call the id of the call it makes or answers; empty for all else
  public record Context(int turn, Source source, String call) {}

  /// A session as it was read.
  ///
  /// @param rebuilt the entry before which nothing is sent to its model any more; 0 if all is
  /// @param undone turns that were taken back
  record Told(List<Said> said, int rebuilt, Set<Integer> undone) {

    static final Told NOTHING = new Told(List.of(), 0, Set.of());

    /// What was not taken back.
    List<Said> holding() {
      return said.stream().filter(each -> !undone.contains(each.context().turn())).toList();
    }

    /// What its model does not see: the turns before the last, and of that what came before it was
    /// told something in its place.
    List<Said> past() {
      int last = said.isEmpty() ? 0 : said.getLast().context().turn();
      return said.stream()
          .filter(each -> each.context().turn() < last || each.number() < rebuilt)
          .toList();
    }
  }

  /// By what it is asked for again.
  public String id() {
    return session + ":" + number;
  }

  /// Everything that was said in a session; what this version does not know is passed over.
  static Told of(SessionId session, List<SessionEntry> entries) {
    var all = new ArrayList<Said>();
    var reading = new Reading(session.value(), all);
    for (var entry : entries) {
      reading.number++;
      reading.at = entry.at();
      read(entry).ifPresent(reading::add);
    }
    return new Told(all, reading.rebuilt, reading.undone);
  }

  /// What an agent hears and says while it works, message by message.
  static List<Said> of(String session, List<OwnMessages.Heard> messages) {
    var all = new ArrayList<Said>();
    var reading = new Reading(session, all);
    for (var heard : messages) {
      reading.number++;
      reading.at = heard.at();
      reading.add(heard.message());
    }
    return all;
  }

  /// Nothing if a later version has written it.
  private static Optional<SessionFact> read(SessionEntry entry) {
    try {
      return Optional.of(FactCodec.read(entry));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /// One session, entry by entry. Confined to one call.
  private static final class Reading {
    private final String session;
    private final List<Said> all;
    private final Map<String, String> tools = new HashMap<>();
    private final Set<Integer> undone = new HashSet<>();
    private int number;
    private int turn;
    private int rebuilt;
    private Instant at = Instant.EPOCH;

    /// What the model's words may be from, from here on.
    private Source heard = Source.AGENT;

    Reading(String session, List<Said> all) {
      this.session = session;
      this.all = all;
    }

    void add(SessionFact fact) {
      switch (fact) {
        case SessionFact.Asked asked -> {
          turn++;
          say("user", "", asked.words(), new Context(turn, Source.USER, ""));
        }
        case SessionFact.TurnReceived received -> received.content().forEach(this::add);
        case SessionFact.ToolEnded(var answer, _) -> result(answer);
        case SessionFact.Arrived(var from, var text) -> arrived(from, text);
        case SessionFact.Rebuilt _ -> rebuilt = number;
        case SessionFact.TurnsUndone back ->
            IntStream.rangeClosed(Math.max(1, back.turn()), turn).forEach(undone::add);
        case SessionFact.TurnRedone(var again) -> undone.remove(again);
        case SessionFact _ -> {}
      }
    }

    /// Who gives an agent of a workflow its work is a script, and nobody's word counts as the
    /// user's.
    void add(Message message) {
      switch (message) {
        case Message.User(var text) -> say("user", "", text, new Context(0, heard, ""));
        case Message.Model(var content) -> content.forEach(this::add);
        case Message.Tools(var answers) -> answers.forEach(this::result);
      }
    }

    /// What others report. The memory's own digest is no news.
    private void arrived(String from, String text) {
      if (!from.startsWith(MemoryDigest.FROM)) {
        var tool = from.startsWith(SessionRuns.FROM) ? "workflow" : "agent";
        var source = Source.tool(tool);
        heard = heard.and(source);
        say("result", tool, text, new Context(turn, source, ""));
      }
    }

    private void result(Message.ToolAnswer answer) {
      var tool = tools.getOrDefault(answer.call(), "");
      var source = Heard.isLookingBack(tool) ? Heard.shown(answer.text()) : Heard.from(tool);
      heard = heard.and(source);
      say("result", tool, answer.text(), new Context(turn, source, answer.call()));
    }

    private void add(Content piece) {
      switch (piece) {
        case Content.Text(var text) -> say("model", "", text, new Context(turn, heard, ""));
        case Content.ToolCall call -> {
          var meant = DeferredTools.meant(call);
          tools.put(call.id(), meant.tool());
          say("call", meant.tool(), meant.arguments(), new Context(turn, heard, call.id()));
        }
        case Content.Reasoning _ -> {}
      }
    }

    private void say(String kind, String tool, String text, Context context) {
      if (!text.isBlank()) {
        all.add(new Said(session, number, at, kind, tool, text, context));
      }
    }
  }
}
