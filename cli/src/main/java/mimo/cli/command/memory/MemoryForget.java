package mimo.cli.command.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory forget`: removes an entry from everywhere mimo has it.
final class MemoryForget implements Subcommand {

  private final Setting setting;

  MemoryForget(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "forget",
            "Remove an entry from the memory, its versions, the index and the store.",
            "",
            "Where sessions quote it, their record is rewritten: they can go on, and say that",
            "something was removed. A session that another process has open is left, and told.",
            "");
    spec.addPositional(Options.several("ENTRY", 1, "Ids of entries, or their first digits."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo memory forget m4f21");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    return MemoryDesk.told(() -> {
      var removed = new LinkedHashMap<String, String>();
      var gone = new LinkedHashMap<String, String>();
      for (var id : Options.several(words)) {
        var entry = desk.memory().find(id, desk.places());
        var text = desk.memory().forget(entry);
        removed.put(entry.id(), entry.place().name());
        gone.putAll(pieces(text));
      }
      desk.search().rebuild();
      var erased = desk.erase(gone);
      Removal.tell(setting, Options.format(words), removed, erased);
      return ExitCode.OK;
    });
  }

  /// What of an entry is not to be found anywhere any more.
  private static Map<String, String> pieces(String text) {
    var pieces = new LinkedHashMap<String, String>();
    pieces.put(text, "[FORGOTTEN]");
    text.lines()
        .map(String::strip)
        .filter(line -> line.length() >= Removal.SHORTEST)
        .forEach(line -> pieces.put(line, "[FORGOTTEN]"));
    return pieces;
  }
}
