package mimo.cli.command.memory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemorySearch.Finding;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.memory.MemoryDesk.Occasion;
import mimo.cli.memory.MemoryDesk.Told;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory why`: why a search finds what it finds, or where an entry was told (M18).
final class MemoryWhy implements Subcommand {

  private final Setting setting;

  MemoryWhy(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "why",
            "Explain what a search finds, or which sessions were told of an entry.",
            "",
            "Given words, it shows for each section which of them matched, how rare they are, how",
            "well each table has them, and what age, scope and neighbours did to the score.",
            "Given the id of an entry, it shows the sessions that began with it.",
            "");
    spec.addPositional(Options.several("WORDS", 1, "The words of a search, or an entry's id."));
    MemoryWords.addFilters(spec);
    spec.addOption(Options.text("--limit", "N", "At most N sections (default 10)."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo memory why preview port", "  mimo memory why m4f21");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var query = Options.several(words);
    boolean text = Options.format(words) == Format.TEXT;
    return MemoryDesk.told(() -> {
      var entry = query.size() == 1 ? entry(desk, query.getFirst()) : Optional.<MemoryEntry>empty();
      if (entry.isPresent()) {
        var told = desk.toldOf(entry.get());
        if (text) {
          show(entry.get(), told);
        } else {
          setting.say(MemoryWords.object(json -> write(json, entry.get(), told)));
        }
        return ExitCode.OK;
      }
      var wish = MemoryWords.wish(words, String.join(" ", query));
      var findings = desk.search().search(wish);
      if (text) {
        findings.forEach(this::show);
      } else {
        setting.say(MemoryWords.object(json -> write(json, wish.words(), findings)));
      }
      return ExitCode.OK;
    });
  }

  private static Optional<MemoryEntry> entry(MemoryDesk desk, String word) {
    try {
      return word.matches("[mh][0-9a-f]{3,}")
          ? Optional.of(desk.memory().find(word, desk.places()))
          : Optional.empty();
    } catch (MemoryException none) {
      return Optional.empty();
    }
  }

  private void show(MemoryEntry entry, List<Told> told) {
    setting.say(MemoryWords.line(entry).strip());
    for (var each : told) {
      var when = each.occasion() == Occasion.START ? "the start" : "a rebuild";
      setting.say("  told at " + when + " of session " + each.session() + ", " + each.at());
    }
    if (told.isEmpty()) {
      setting.say("  no session was told of it");
    }
  }

  private static void write(JsonGenerator json, MemoryEntry entry, List<Told> told)
      throws IOException {
    MemoryWords.write(json, entry);
    json.writeArrayFieldStart("told");
    for (var each : told) {
      json.writeStartObject();
      json.writeStringField("session", each.session().value());
      json.writeStringField("at", each.at());
      json.writeStringField("when", each.occasion().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void show(Finding finding) {
    var hit = finding.hit();
    var why = hit.reasons();
    setting.say(
        String.format(
            Locale.ROOT,
            "%.3f  %s:%d  %s",
            hit.score(),
            finding.place().name(),
            hit.section().first(),
            hit.section().heading()));
    for (var word : why.words()) {
      setting.say(
          String.format(
              Locale.ROOT,
              "       %-20s in %d sections, weight %.2f: stem %.2f, exact %.2f, inside %.2f",
              word.word(),
              word.sections(),
              word.weight(),
              word.stem(),
              word.exact(),
              word.part()));
    }
    setting.say(
        String.format(
            Locale.ROOT,
            "       words %.3f + neighbours %.3f, × recency %.3f × scope %.1f; floor %.3f",
            why.text(),
            why.neighbours(),
            why.recency(),
            why.scope(),
            why.floor()));
  }

  private static void write(JsonGenerator json, String query, List<Finding> findings)
      throws IOException {
    json.writeStringField("query", query);
    json.writeArrayFieldStart("results");
    for (var finding : findings) {
      json.writeStartObject();
      MemoryWords.write(json, finding);
      var why = finding.hit().reasons();
      json.writeArrayFieldStart("words");
      for (var word : why.words()) {
        json.writeStartObject();
        json.writeStringField("word", word.word());
        json.writeNumberField("sections", word.sections());
        json.writeNumberField("weight", word.weight());
        json.writeNumberField("stem", word.stem());
        json.writeNumberField("exact", word.exact());
        json.writeNumberField("inside", word.part());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("text_score", why.text());
      json.writeNumberField("neighbours", why.neighbours());
      json.writeNumberField("recency", why.recency());
      json.writeNumberField("scope_boost", why.scope());
      json.writeNumberField("floor", why.floor());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
