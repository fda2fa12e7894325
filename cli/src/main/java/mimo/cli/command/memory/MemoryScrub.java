package mimo.cli.command.memory;

import java.util.LinkedHashMap;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import mimo.engine.redaction.WordRemoval;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory scrub`: takes secrets out of the memory and of the store for good (M14).
final class MemoryScrub implements Subcommand {

  private final Setting setting;

  MemoryScrub(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "scrub",
            "Take secrets out of the memory, its versions, the index and the store.",
            "",
            "Without WORDS, what looks like a secret goes. With them, these words go wherever they",
            "stand; each has 8 characters or more. Old bytes are overwritten.",
            "");
    spec.addPositional(Options.several("WORDS", 0, "Texts to remove, each one argument."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo memory scrub");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var asked = Options.several(words);
    for (var word : asked) {
      if (word.strip().length() < MemoryDesk.SHORTEST) {
        throw new CommandException(
            "usage", "'" + word + "' is shorter than 8 characters, and may stand anywhere");
      }
    }
    return MemoryDesk.told(() -> {
      var gone = new LinkedHashMap<String, String>();
      asked.forEach(word -> gone.put(word, WordRemoval.REMOVED));
      var removed = new LinkedHashMap<String, String>();
      var places = desk.memory().layout().all();
      for (var place : places) {
        desk.memory().secrets(place).forEach(secret -> gone.put(secret, WordRemoval.REMOVED));
      }
      // The store first: what no file says any more, nobody could look for in it.
      var erased = desk.erase(gone);
      for (var place : places) {
        if (desk.memory().scrub(place, asked)) {
          removed.put(place.name(), place.name());
        }
      }
      desk.search().rebuild();
      if (removed.isEmpty()
          && erased.sessions().isEmpty()
          && erased.runs().isEmpty()
          && erased.proposals().isEmpty()
          && Options.format(words) == Format.TEXT) {
        setting.say("nothing had to be removed");
      }
      Removal.tell(setting, Options.format(words), removed, erased);
      return ExitCode.OK;
    });
  }
}
