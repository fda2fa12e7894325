package mimo.agent.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.message.Content;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionEntry;

/// One thing that was said in a session.
///
/// @param number of the entry it stands in, counted from 1
/// @param kind `user`, `model`, `call` or `result`
/// @param tool whose call or result it is; empty for the others
record Said(SessionId session, int number, Instant at, String kind, String tool, String text) {

  static final List<String> KINDS = List.of("user", "model", "call", "result");

  /// By what it is asked for again.
  String id() {
    return session.value() + ":" + number;
  }

  /// Everything that was said in a session; what this version does not know is passed over.
  static List<Said> of(SessionId session, List<SessionEntry> entries) {
    var all = new ArrayList<Said>();
    var tools = new HashMap<String, String>();
    int number = 0;
    for (var entry : entries) {
      number++;
      var reading = new Reading(session, number, entry.at(), tools, all);
      read(entry).ifPresent(reading::add);
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

  /// One entry. Confined to one call.
  private record Reading(
      SessionId session, int number, Instant at, Map<String, String> tools, List<Said> all) {

    void add(SessionFact fact) {
      switch (fact) {
        case SessionFact.Asked asked -> say("user", "", asked.words());
        case SessionFact.TurnReceived turn -> turn.content().forEach(this::add);
        case SessionFact.ToolEnded(var answer, _) ->
            say("result", tools.getOrDefault(answer.call(), ""), answer.text());
        case SessionFact _ -> {}
      }
    }

    private void add(Content piece) {
      switch (piece) {
        case Content.Text(var text) -> say("model", "", text);
        case Content.ToolCall(var id, var tool, var arguments) -> {
          tools.put(id, tool);
          say("call", tool, arguments);
        }
        case Content.Reasoning _ -> {}
      }
    }

    private void say(String kind, String tool, String text) {
      if (!text.isBlank()) {
        all.add(new Said(session, number, at, kind, tool, text));
      }
    }
  }
}
