package mimo.cli.command.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import mimo.agent.memory.MemoryDigest;
import mimo.agent.memory.MemoryEntry;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.engine.redaction.WordRemoval;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory forget`: removes an entry from everywhere mimo has it.
final class MemoryForget implements Subcommand {

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) |(?<=[。！？])");

  /// Shorter ones are said by chance.
  private static final int SHORTEST_SENTENCE = 20;

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
      // An id that means nothing is told before anything is gone.
      var entries = new LinkedHashMap<String, MemoryEntry>();
      for (var id : Options.several(words)) {
        var entry = desk.memory().find(id, desk.places());
        entries.put(entry.id(), entry);
      }
      try {
        for (var entry : entries.values()) {
          gone.putAll(pieces(entry.text()));
          gone.putAll(pieces(desk.memory().forget(entry)));
          removed.put(entry.id(), entry.place().name());
        }
      } finally {
        // Also if another one fails: nobody can ask again for what has left its file.
        Removal.tell(setting, Options.format(words), removed, desk.forget(gone));
      }
      return ExitCode.OK;
    });
  }

  /// What of an entry is not to be found anywhere any more: also its lines and sentences, each of
  /// which may have been taken over alone.
  private static Map<String, String> pieces(String text) {
    var pieces = new LinkedHashMap<String, String>();
    pieces.put(text, WordRemoval.FORGOTTEN);
    var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (var line : lines) {
      pieces.put(line, WordRemoval.FORGOTTEN);
      pieces.put(MemoryDigest.quoted(line), WordRemoval.FORGOTTEN);
    }
    for (var sentence : SENTENCE_END.split(String.join(" ", lines), -1)) {
      if (sentence.length() >= SHORTEST_SENTENCE) {
        pieces.put(sentence, WordRemoval.FORGOTTEN);
      }
    }
    return pieces;
  }
}
