package mimo.cli.command.memory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.memory.MemoryScope;
import mimo.agent.memory.MemorySearch.Finding;
import mimo.agent.memory.MemorySearch.Wish;
import mimo.agent.memory.MemoryType;
import mimo.agent.memory.Source;
import mimo.cli.command.Options;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the commands about the memory say alike.
final class MemoryWords {

  static final int LINE_WIDTH = 90;
  static final int MOST_RESULTS = 50;

  private MemoryWords() {}

  static void addFilters(CommandSpec spec) {
    spec.addOption(Options.text("--scope", "SCOPE", "Only " + scopes() + "."));
    spec.addOption(Options.text("--type", "TYPE", "Only " + types() + "."));
    spec.addOption(Options.text("--session", "ID", "Also what only this session may see."));
  }

  /// What the words and filters of a command look for.
  static Wish wish(ParseResult words, String query) {
    var limit = Options.number(words, "--limit", MOST_RESULTS);
    var session = Options.text(words, "--session");
    return new Wish(
        query,
        session == null ? "" : session,
        chosen(words, "--scope", MemoryScope::of, scopes()),
        chosen(words, "--type", MemoryType::of, types()),
        limit == null ? new Wish("").limit() : limit);
  }

  private static <T> @Nullable T chosen(
      ParseResult words, String option, Function<String, Optional<T>> reading, String known) {
    var word = Options.text(words, option);
    return word == null
        ? null
        : reading
            .apply(word)
            .orElseThrow(() ->
                new CommandException("usage", option + " is " + known + "; found '" + word + "'"));
  }

  private static String scopes() {
    return Arrays.stream(MemoryScope.values())
        .map(MemoryScope::word)
        .collect(Collectors.joining(", "));
  }

  private static String types() {
    return Arrays.stream(MemoryType.values())
        .map(MemoryType::word)
        .collect(Collectors.joining(", "));
  }

  /// An entry on one line.
  static String line(MemoryEntry entry) {
    var heading = entry.heading().isEmpty() ? "" : entry.heading() + ": ";
    return TerminalText.cut(
        String.format(
            Locale.ROOT,
            "  %-9s  %-17s  %s%s",
            entry.id(),
            entry.provenance().source().word(),
            heading,
            entry.text().replaceAll("\\s+", " ")),
        LINE_WIDTH + 20);
  }

  static String object(JsonText.Writing members) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      members.to(json);
      json.writeEndObject();
    });
  }

  static void write(JsonGenerator json, MemoryPlace place) throws IOException {
    json.writeStringField("file", place.name());
    json.writeStringField("path", place.file().toString());
    json.writeStringField("scope", place.scope().word());
    json.writeStringField("type", place.type().word());
  }

  static void write(JsonGenerator json, MemoryEntry entry) throws IOException {
    json.writeStringField("id", entry.id());
    json.writeStringField("heading", entry.heading());
    json.writeStringField("text", entry.text());
    json.writeStringField("source", entry.provenance().source().word());
    var was = entry.provenance().was();
    if (was != null) {
      json.writeStringField("approved_from", was.word());
    }
    if (!entry.provenance().session().isEmpty()) {
      json.writeStringField("session", entry.provenance().session());
      json.writeNumberField("turn", entry.provenance().turn());
    }
    json.writeNumberField("first", entry.first());
    json.writeNumberField("last", entry.last());
  }

  static void write(JsonGenerator json, Finding finding) throws IOException {
    var section = finding.hit().section();
    write(json, finding.place());
    json.writeStringField("heading", section.heading());
    json.writeNumberField("first", section.first());
    json.writeNumberField("last", section.last());
    json.writeStringField("text", section.body());
    json.writeNumberField("score", finding.hit().score());
    json.writeArrayFieldStart("sources");
    for (Source source : finding.sources()) {
      json.writeString(source.word());
    }
    json.writeEndArray();
  }
}
