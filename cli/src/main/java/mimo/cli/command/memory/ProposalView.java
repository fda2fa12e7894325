package mimo.cli.command.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mimo.agent.edit.UnifiedDiff;
import mimo.agent.memory.Digest;
import mimo.agent.memory.Revision;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Change;
import mimo.agent.proposal.Draft;
import mimo.agent.proposal.DraftFiles;
import mimo.agent.proposal.Proposal;
import mimo.agent.proposal.Suggestion;
import mimo.agent.skill.Skill;
import mimo.cli.command.Setting;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;

/// Shows a proposal: what would change, and what each change rests on.
///
/// @param desk whose files it would change
record ProposalView(Setting setting, MemoryDesk desk) {

  private static final String CHANGED = "(the file was changed: nothing of it fits any more)";

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
    return "%s  %s of %s, last %d days, by %s"
        .formatted(
            proposal.id(),
            proposal.origin().word(),
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
          setting.say("--- " + file + mark(proposal, file));
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

  /// From whom the words of a diff may be, if not from user and agent alone.
  private String mark(Proposal proposal, String file) {
    return proposal.suggestions().stream()
        .filter(each -> each.draft().map(this::name).equals(Optional.of(file)))
        .map(each -> each.change().source())
        .filter(Source::isUntrusted)
        .map(source -> " (from " + source.word() + ")")
        .findFirst()
        .orElse("");
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
    return suggestion.change().source().word();
  }

  private static String action(Suggestion suggestion) {
    return switch (suggestion.change()) {
      case Draft draft ->
          "%s the %s %s"
              .formatted(draft.isNew() ? "adds" : "rewrites", draft.kind().word(), draft.name());
      case Change.OfMemory(var place, var revision) -> {
        var ids = String.join(", ", revision.takes().stream().map(Revision.Held::id).toList());
        yield revision.takes().isEmpty()
            ? "adds to " + place + ", " + revision.heading()
            : revision.adds() ? "rewrites " + ids : "takes out " + ids;
      }
    };
  }

  /// What all that waits would change, by file.
  private Map<String, String> diffs(Proposal proposal) {
    var byFile = new LinkedHashMap<String, List<Suggestion>>();
    var diffs = new LinkedHashMap<String, String>();
    for (var each : proposal.suggestions()) {
      if (each.state().waits()) {
        switch (each.change()) {
          case Change.OfMemory(var place, _) ->
              byFile.computeIfAbsent(place, _ -> new ArrayList<>()).add(each);
          case Draft draft -> diffs.put(name(draft), diff(draft));
        }
      }
    }
    byFile.forEach((name, suggestions) -> {
      var before = desk.memory().text(desk.place(name)).orElse("");
      var after = desk.dreams().acceptance().preview(name, suggestions);
      var diff = UnifiedDiff.whole(before.getBytes(UTF_8), after.getBytes(UTF_8));
      diffs.put(name, diff.isEmpty() ? CHANGED : diff);
    });
    return diffs;
  }

  private Path file(Draft draft) {
    return desk.dreams().acceptance().files().file(draft);
  }

  /// Its file as people know it.
  String name(Draft draft) {
    return draft.owner() == Skill.Owner.REPOSITORY ? draft.path() : file(draft).toString();
  }

  private String diff(Draft draft) {
    return switch (desk.dreams().acceptance().files().now(draft)) {
      case DraftFiles.Now.Unusable(var why) -> "(it cannot be written: " + why + ")";
      case DraftFiles.Now.Missing() -> draft.isNew() ? diff(draft, "") : CHANGED;
      case DraftFiles.Now.Says(var text) when text.equals(draft.text()) ->
          "(the file says so already)";
      case DraftFiles.Now.Says(var text) ->
          Digest.of(text).equals(draft.before()) ? diff(draft, text) : CHANGED;
    };
  }

  private static String diff(Draft draft, String now) {
    return UnifiedDiff.whole(now.getBytes(UTF_8), draft.text().getBytes(UTF_8));
  }

  private void write(JsonGenerator json, Proposal proposal) throws IOException {
    json.writeStringField("id", proposal.id());
    json.writeStringField("at", proposal.at().toString());
    json.writeStringField("origin", proposal.origin().word());
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
      json.writeStringField("source", source(each));
      if (each.change() instanceof Draft draft) {
        write(json, draft, each.state());
      }
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

  private void write(JsonGenerator json, Draft draft, Suggestion.State state) throws IOException {
    json.writeStringField("kind", draft.kind().word());
    json.writeStringField("name", draft.name());
    json.writeStringField("owner", draft.owner().word());
    json.writeStringField("file", file(draft).toString());
    if (state == Suggestion.State.ACCEPTED) {
      json.writeStringField("use", DraftUse.of(setting, draft, file(draft)).word());
    }
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
