package mimo.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import mimo.engine.Reused;
import mimo.engine.RunId;
import mimo.engine.RunOrigin;
import mimo.engine.StepRef;
import org.jspecify.annotations.Nullable;

/// Writes and reads where a generation, or the value of a step, comes from. Entries of before there
/// were generations have neither.
final class OriginCodec {

  private static final String FORKED = "forked";

  private OriginCodec() {}

  static void write(@Nullable Reused reused, EntryWriter out) throws IOException {
    if (reused != null) {
      out.begin("reused");
      write(reused.from(), out);
      out.token("match", reused.match().word());
      out.end();
    }
  }

  static @Nullable Reused reused(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Reused(step(node), Reused.Match.of(node.path("match").asText()));
  }

  static void write(@Nullable RunOrigin origin, EntryWriter out) throws IOException {
    if (origin == null) {
      return;
    }
    out.begin("origin");
    switch (origin) {
      case RunOrigin.Continued _ -> out.token("kind", "continued");
      case RunOrigin.Forked forked -> {
        out.token("kind", FORKED);
        out.token("source", forked.source().value());
        out.number("records", forked.records());
        write(forked.step(), out);
        out.token("later", forked.later() == RunOrigin.Later.REUSED ? "reused" : "forgotten");
      }
    }
    out.instant("begun", origin.begun());
    out.end();
  }

  static @Nullable RunOrigin origin(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    var begun = Instant.parse(node.path("begun").asText());
    return switch (node.path("kind").asText()) {
      case FORKED ->
          new RunOrigin.Forked(
              new RunId(node.path("source").asText()),
              node.path("records").asLong(),
              step(node),
              node.path("later").asText().equals("reused")
                  ? RunOrigin.Later.REUSED
                  : RunOrigin.Later.FORGOTTEN,
              begun);
      default -> new RunOrigin.Continued(begun);
    };
  }

  private static void write(StepRef step, EntryWriter out) throws IOException {
    out.number("generation", step.generation());
    out.number("seq", step.seq());
  }

  private static StepRef step(JsonNode node) {
    return new StepRef(node.path("generation").asInt(), node.path("seq").asInt());
  }
}
