package mimo.agent.distill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.history.Said;
import mimo.agent.json.Json;
import mimo.agent.memory.Source;

/// Makes what was said in sessions of a test.
final class Things {

  private final List<Said> all = new ArrayList<>();

  private Things() {}

  static Things none() {
    return new Things();
  }

  Things user(String session, String text) {
    return add(session, "user", "", text, Source.USER);
  }

  Things model(String session, String text) {
    return add(session, "model", "", text, Source.AGENT);
  }

  Things result(String session, String text) {
    return add(session, "result", "bash", text, Source.AGENT);
  }

  Things run(String run, String text) {
    return add(run, Ground.RUN, "", text, Source.AGENT);
  }

  Things bash(String session, String... commands) {
    for (var command : commands) {
      bash(session, command, Source.AGENT);
    }
    return this;
  }

  Things bash(String session, String command, Source source) {
    return add(session, "call", "bash", Json.write(Json.object().put("command", command)), source);
  }

  private Things add(String session, String kind, String tool, String text, Source source) {
    all.add(
        new Said(
            session,
            all.size() + 1,
            Instant.parse("2026-11-23T10:00:00Z"),
            kind,
            tool,
            text,
            new Said.Context(1, source, "")));
    return this;
  }

  /// As people would write it down.
  List<Said> plain() {
    return all.stream().map(each -> Spoken.plain(each, words -> words)).toList();
  }

  List<Said> all() {
    return all;
  }
}
