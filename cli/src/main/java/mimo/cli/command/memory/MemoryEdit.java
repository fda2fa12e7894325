package mimo.cli.command.memory;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mimo.agent.memory.MemoryPlace;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.Editor;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory edit`: opens a file of the memory in the user's editor.
final class MemoryEdit implements Subcommand {

  private static final String FRESH_PROJECT =
      """
      # Memory of this project

      ## Project context

      ## Rules

      ## Architecture decisions

      ## Discovered knowledge
      """;

  private static final String FRESH_GLOBAL = "# Preferences\n\n";

  private final Setting setting;

  MemoryEdit(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "edit",
            "Edit a file of the memory.",
            "",
            "VISUAL or EDITOR names the editor. What others write meanwhile is kept: entries that",
            "both have changed stay as you wrote them, and theirs stand under \"Conflicts\".",
            "");
    spec.addPositional(Options.optional("FILE", "global, project or a name (default project)."));
    spec.addOption(
        Options.text("--from", "FILE", "Take the text of this file, without an editor."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo memory edit", "  mimo memory edit global --from notes.md");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var place = desk.place(words.matchedPositionalValue(0, "project"));
    var from = Options.text(words, "--from");
    return MemoryDesk.told(() -> {
      var base = desk.memory().raw(place).orElse("");
      var shown = base.isEmpty() && from == null ? fresh(place) : base;
      var changes = new AtomicBoolean();
      Editor.Saving saving =
          edited -> {
            changes.set(!edited.equals(shown));
            if (changes.get()) {
              OwnWords.write(
                  setting, List.of(place.file()), () -> desk.memory().edit(place, base, edited));
            }
          };
      if (from == null) {
        desk.editor().edit(shown, "MEMORY.md", saving);
      } else {
        saving.save(desk.editor().read(setting.scripts().folder().resolve(Path.of(from))));
      }
      boolean changed = changes.get();
      var secrets = desk.memory().suspicions(place);
      if (Options.format(words) == Format.TEXT) {
        setting.say(changed ? "changed " + place.name() : "nothing changed");
        for (var secret : secrets) {
          setting.say(
              "line %d looks like a secret: %s".formatted(secret.line(), secret.redacted()));
        }
      } else {
        setting.say(
            MemoryWords.object(json -> {
              MemoryWords.write(json, place);
              json.writeBooleanField("changed", changed);
              json.writeNumberField("secrets", secrets.size());
            }));
      }
      return ExitCode.OK;
    });
  }

  private static String fresh(MemoryPlace place) {
    return switch (place.scope()) {
      case GLOBAL -> FRESH_GLOBAL;
      case PROJECT -> FRESH_PROJECT;
      case SESSION -> "";
    };
  }
}
