package mimo.cli.command.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mimo.agent.dream.Proposal;
import mimo.agent.dream.Suggestion;
import mimo.agent.edit.UnifiedDiff;
import mimo.agent.memory.Revision;
import mimo.cli.command.Setting;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;

/// Shows a proposal: what would change, and what each change rests on.
///
/// @param desk whose files it would change
record ProposalView(Setting setting, MemoryDesk desk) {

  ExitCode show(Proposal proposal, Format format) {
    if (format == Format.TEXT) {
      text(proposal);
    } else {
      setting.say(MemoryWords.object(json -> write(json, proposal)));
    }
    return ExitCode.OK;
  }

  /// There is nothing to propose.
  void nothing(List<String> notes, Format format) {
    if (format == Format.TEXT) {
      setting.say("nothing to propose");
      notes.forEach(note -> setting.say("note: " + note));
      return;
    }
    setting.say(
        MemoryWords.object(json -> {
          json.writeNullField("id");
          strings(json, "notes", notes);
        }));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String head(Proposal proposal) {
    return "%s  dream of %s, last %d days, by %s"
        .formatted(
            proposal.id(),
            proposal.at().toString().substring(0, 16).replace('T', ' '),
            proposal.days(),
            proposal.author());
  }

  private void text(Proposal proposal) {
    setting.say(head(proposal));
    proposal.notes().forEach(note -> setting.say("note: " + note));
    diffs(proposal)
        .forEach((file, diff) -> {
          setting.say("");
          setting.say("--- " + file);
          setting.say(diff.stripTrailing());
        });
    int number = 0;
    for (var each : proposal.suggestions()) {
      setting.say("");
      setting.say("%d  %s%s".formatted(++number, action(each), state(each)));
      setting.say("   " + each.reason());
      for (var basis : each.basis()) {
        setting.say(
            "   rests on %s%s, from %s: %s"
                .formatted(
                    basis.where(),
                    basis.turn() == 0 ? "" : " (turn " + basis.turn() + ")",
                    basis.source(),
                    basis.excerpt()));
      }
    }
    if (proposal.isOpen()) {
      setting.say("");
      setting.say("mimo memory proposals accept %s, or reject".formatted(proposal.id()));
    }
  }

  private String state(Suggestion suggestion) {
    if (!suggestion.state().waits()) {
      return " (" + word(suggestion.state()) + ")";
    }
    return desk.dreams().acceptance().wantsApproval(suggestion)
        ? " (accept it by its number: it is from " + source(suggestion) + ")"
        : "";
  }

  private static String source(Suggestion suggestion) {
    return suggestion.revision().provenance().source().word();
  }

  private static String action(Suggestion suggestion) {
    var revision = suggestion.revision();
    var ids = String.join(", ", revision.takes().stream().map(Revision.Held::id).toList());
    return revision.takes().isEmpty()
        ? "adds to " + suggestion.place() + ", " + revision.heading()
        : revision.adds() ? "rewrites " + ids : "takes out " + ids;
  }

  /// What all that waits would change, by file.
  private Map<String, String> diffs(Proposal proposal) {
    var byFile = new LinkedHashMap<String, List<Suggestion>>();
    var diffs = new LinkedHashMap<String, String>();
    for (var each : proposal.suggestions()) {
      if (each.state().waits()) {
        byFile.computeIfAbsent(each.place(), _ -> new ArrayList<>()).add(each);
      }
    }
    byFile.forEach((name, suggestions) -> {
      var before = desk.memory().text(desk.place(name)).orElse("");
      var after = desk.dreams().acceptance().preview(name, suggestions);
      var diff = UnifiedDiff.of(before.getBytes(UTF_8), after.getBytes(UTF_8));
      diffs.put(
          name, diff.isEmpty() ? "(the file was changed: nothing of it fits any more)" : diff);
    });
    return diffs;
  }

  private void write(JsonGenerator json, Proposal proposal) throws IOException {
    json.writeStringField("id", proposal.id());
    json.writeStringField("at", proposal.at().toString());
    json.writeStringField("author", proposal.author());
    json.writeNumberField("days", proposal.days());
    strings(json, "notes", proposal.notes());
    json.writeObjectFieldStart("diffs");
    for (var diff : diffs(proposal).entrySet()) {
      json.writeStringField(diff.getKey(), diff.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("suggestions");
    for (var each : proposal.suggestions()) {
      json.writeStartObject();
      json.writeStringField("state", word(each.state()));
      json.writeStringField("action", action(each));
      json.writeStringField("reason", each.reason());
      json.writeBooleanField("wants_approval", desk.dreams().acceptance().wantsApproval(each));
      json.writeArrayFieldStart("basis");
      for (var basis : each.basis()) {
        json.writeStartObject();
        json.writeStringField("where", basis.where());
        json.writeNumberField("turn", basis.turn());
        json.writeStringField("source", basis.source());
        json.writeStringField("excerpt", basis.excerpt());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void strings(JsonGenerator json, String name, List<String> all)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (var each : all) {
      json.writeString(each);
    }
    json.writeEndArray();
  }
}
