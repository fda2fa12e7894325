package mimo.agent.distill;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.memory.Digest;
import mimo.agent.memory.Memory;
import mimo.agent.prompt.PromptCommand;
import mimo.agent.proposal.Draft;
import mimo.agent.proposal.DraftFiles;
import mimo.agent.proposal.Suggestion;
import mimo.agent.proposal.Suggestion.Basis;
import mimo.agent.skill.Skill;

/// Makes suggestions of what a model has answered. What its quotes do not bear out, or what the
/// program could not use, becomes none, and a note says so. Confined to one answer.
final class Drafts {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final Memory memory;
  private final DraftFiles files;
  private final Ground ground;
  private final List<Existing> shown;
  private final Transcript transcript;
  private final List<Suggestion> suggestions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /// @param shown those that can be edited
  Drafts(
      Memory memory, DraftFiles files, Ground ground, List<Existing> shown, Transcript transcript) {
    this.memory = memory;
    this.files = files;
    this.ground = ground;
    this.shown = shown;
    this.transcript = transcript;
  }

  /// Why something does not do.
  private static final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unfit(String why) {
      super(why);
    }
  }

  void read(JsonNode answer) {
    for (var each : answer.path("proposals")) {
      try {
        var basis = basis(each.path("because"));
        var reason = Spoken.flat(each.path("reason").asText());
        suggestions.add(Suggestion.open(draft(each), reason, basis));
      } catch (IllegalArgumentException unfit) {
        notes.add(
            "left out the %s '%s': %s"
                .formatted(
                    each.path("kind").asText(),
                    Spoken.flat(each.path("name").asText()),
                    unfit.getMessage()));
      }
    }
  }

  List<Suggestion> suggestions() {
    return suggestions;
  }

  /// What was left out, and why.
  List<String> notes() {
    return notes;
  }

  private List<Basis> basis(JsonNode because) {
    var basis = new ArrayList<Basis>();
    for (var each : because) {
      var name = each.path("said").asText();
      var quote = each.path("quote").asText();
      var said =
          transcript
              .piece(name)
              .orElseThrow(() -> new Unfit("it quotes " + name + ", which there is not"));
      if (quote.isBlank() || !Spoken.words(said).contains(quote)) {
        throw new Unfit("\"%s\" does not stand in %s".formatted(Spoken.flat(quote), said.id()));
      }
      basis.add(Basis.quoting(said, Spoken.flat(quote)));
    }
    return basis;
  }

  private Draft draft(JsonNode json) {
    var kind = json.path("kind").asText().equals("skill") ? Draft.Kind.SKILL : Draft.Kind.COMMAND;
    var name = json.path("name").asText();
    var draft = json.path("edit").asBoolean() ? edited(kind, name, json) : fresh(kind, name, json);
    requireReadable(draft);
    return draft;
  }

  private Draft edited(Draft.Kind kind, String name, JsonNode json) {
    var there =
        shown.stream()
            .filter(each -> each.is(kind, name))
            .findFirst()
            .orElseThrow(() -> new Unfit("there is none of this name that could be edited here"));
    var text = memory.clean(DraftText.with(there.text(), json.path("text").asText()));
    var draft = draft(kind, name, there.path(), Digest.of(there.text()), text);
    if (text.equals(there.text())) {
      throw new Unfit("it says that already");
    }
    switch (files.now(draft)) {
      case DraftFiles.Now.Unusable(var why) -> throw new Unfit(why);
      case DraftFiles.Now.Says(var now) when now.equals(there.text()) -> {}
      case DraftFiles.Now.Says _, DraftFiles.Now.Missing _ ->
          throw new Unfit("its file was changed just now");
    }
    return draft;
  }

  private Draft fresh(Draft.Kind kind, String name, JsonNode json) {
    if (name.length() > AgentLimits.SKILL_NAME_CHARS
        || !NAME.matches(name)
        || !memory.clean(name).equals(name)) {
      throw new Unfit(
          "a name is small letters and digits with single dashes between, at most "
              + AgentLimits.SKILL_NAME_CHARS);
    }
    if (ground.existing().stream().anyMatch(each -> each.is(kind, name))) {
      throw new Unfit("there is one of this name");
    }
    if (kind == Draft.Kind.COMMAND && ground.reserved().contains(name)) {
      throw new Unfit("/" + name + " is mimo's own");
    }
    var draft =
        draft(kind, name, kind.path(ground.owner(), name), "", memory.clean(text(kind, json)));
    switch (files.now(draft)) {
      case DraftFiles.Now.Unusable(var why) -> throw new Unfit(why);
      case DraftFiles.Now.Missing() -> {}
      case DraftFiles.Now.Says _ ->
          throw new Unfit("there is a file " + draft.path() + ", which does not count now");
    }
    return draft;
  }

  private static String text(Draft.Kind kind, JsonNode json) {
    var description = json.path("description").asText();
    var text = json.path("text").asText();
    return switch (kind) {
      case SKILL ->
          DraftText.of(text, "name", json.path("name").asText(), "description", description);
      case COMMAND ->
          DraftText.of(
              text, "description", description, "argument-hint", json.path("arguments").asText());
    };
  }

  private Draft draft(Draft.Kind kind, String name, String path, String before, String text) {
    return new Draft(kind, name, ground.owner(), path, before, text, transcript.source());
  }

  /// By what reads it once it lies there.
  private void requireReadable(Draft draft) {
    hidden(draft.text())
        .ifPresent(sign -> {
          throw new Unfit("its text holds a character that nobody sees, " + sign);
        });
    switch (draft.kind()) {
      case SKILL -> {
        var folder = Optional.ofNullable(files.file(draft).getParent()).orElse(Path.of("/"));
        var _ = Skill.parse(draft.text(), draft.owner(), folder);
      }
      case COMMAND -> {
        var lines = PromptCommand.parse(draft.name(), draft.text(), draft.path()).shellLines();
        if (!lines.isEmpty()) {
          throw new Unfit("other programs would run !`" + lines.getFirst() + "` in it");
        }
      }
    }
  }

  /// A diff has to show all that a model will read.
  private static Optional<String> hidden(String text) {
    return text.codePoints()
        .filter(point -> point != '\n' && point != '\t' && point != 0x200c && point != 0x200d)
        .filter(point ->
            switch (Character.getType(point)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.PRIVATE_USE,
                  Character.SURROGATE,
                  Character.UNASSIGNED,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  true;
              default -> false;
            })
        .mapToObj("U+%04X"::formatted)
        .findFirst();
  }
}
