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

  /// Fewer characters stand in every text, unless they are a line of their own.
  static final int SHORTEST_QUOTE = 12;

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
      if (quote.isBlank() || !said.text().contains(quote)) {
        throw new Unfit("\"%s\" does not stand in %s".formatted(Spoken.flat(quote), said.id()));
      }
      if (quote.strip().length() < SHORTEST_QUOTE && !isLine(quote.strip(), said.text())) {
        throw new Unfit("\"%s\" is too short to bear it out".formatted(Spoken.flat(quote)));
      }
      basis.add(Basis.quoting(said, Spoken.flat(quote)));
    }
    return basis;
  }

  private static boolean isLine(String quote, String text) {
    return text.lines().map(String::strip).anyMatch(quote::equals);
  }

  private Draft draft(JsonNode json) {
    var kind = json.path("kind").asText().equals("skill") ? Draft.Kind.SKILL : Draft.Kind.COMMAND;
    var name = json.path("name").asText();
    return json.path("edit").asBoolean() ? edited(kind, name, json) : fresh(kind, name, json);
  }

  private Draft edited(Draft.Kind kind, String name, JsonNode json) {
    var there =
        shown.stream()
            .filter(each -> each.is(kind, name))
            .findFirst()
            .orElseThrow(() -> new Unfit("there is none of this name that could be edited here"));
    var head = DraftText.head(there.text());
    if (!memory.clean(head).equals(head)) {
      throw new Unfit("the head of its file holds a secret, which no proposal keeps");
    }
    var body = memory.clean(json.path("text").asText());
    var text = DraftText.with(there.text(), body);
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
    requireReadable(draft, body);
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
    requireReadable(draft, draft.text());
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
  ///
  /// @param fresh what of it is not the user's own
  private void requireReadable(Draft draft, String fresh) {
    HiddenSigns.first(fresh)
        .ifPresent(sign -> {
          throw new Unfit("its text holds a character that nobody sees, " + sign);
        });
    DraftText.shellLine(fresh)
        .ifPresent(line -> {
          throw new Unfit("other programs would run " + line + " in it");
        });
    switch (draft.kind()) {
      case SKILL -> {
        var folder = Optional.ofNullable(files.file(draft).getParent()).orElse(Path.of("/"));
        var _ = Skill.parse(draft.text(), draft.owner(), folder);
      }
      case COMMAND -> {
        var _ = PromptCommand.parse(draft.name(), draft.text(), draft.path());
      }
    }
  }
}
