package mimo.cli.command.memory;

import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.MemoryPlace;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory show`: one file, or one entry with where it is from.
final class MemoryShow implements Subcommand {

  private final Setting setting;

  MemoryShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command("show", "Show a file of the memory, or an entry and where it is from.");
    spec.addPositional(
        Options.optional("WHAT", "A file, an entry's id, or its first digits (default project)."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo memory show global", "  mimo memory show m4f21");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var what = words.matchedPositionalValue(0, "project");
    boolean text = Options.format(words) == Format.TEXT;
    return MemoryDesk.told(() -> {
      var place = desk.memory().layout().find(what, desk.places());
      if (place.isPresent()) {
        file(desk, place.get(), text);
      } else {
        entry(desk.memory().find(what, desk.places()), text);
      }
      return ExitCode.OK;
    });
  }

  private void file(MemoryDesk desk, MemoryPlace place, boolean text) {
    var content = desk.memory().text(place).orElse("");
    if (!text) {
      setting.say(
          MemoryWords.object(json -> {
            MemoryWords.write(json, place);
            json.writeStringField("text", content);
          }));
    } else if (content.isEmpty()) {
      setting.terminal().err().print(place.name() + " holds nothing yet\n");
    } else {
      setting.say(content.stripTrailing());
    }
  }

  private void entry(MemoryEntry entry, boolean text) {
    if (!text) {
      setting.say(
          MemoryWords.object(json -> {
            MemoryWords.write(json, entry.place());
            MemoryWords.write(json, entry);
          }));
      return;
    }
    setting.say(entry.text());
    setting.say("");
    setting.say("id       " + entry.id());
    var was = entry.provenance().was();
    var approved = was == null ? "" : ", approved; before that " + was.word();
    setting.say("source   " + entry.provenance().source().word() + approved);
    if (!entry.provenance().session().isEmpty()) {
      setting.say(
          "session  %s, turn %d"
              .formatted(entry.provenance().session(), entry.provenance().turn()));
    }
    setting.say("place    %s:%d".formatted(entry.place().name(), entry.first()));
    if (!entry.heading().isEmpty()) {
      setting.say("heading  " + entry.heading());
    }
  }
}
