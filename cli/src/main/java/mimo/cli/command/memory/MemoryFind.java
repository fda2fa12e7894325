package mimo.cli.command.memory;

import java.util.List;
import java.util.Locale;
import mimo.agent.memory.MemorySearch.Finding;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory search`: finds sections by their words, as agents do.
final class MemoryFind implements Subcommand {

  private static final int SHOWN_LINES = 6;

  private final Setting setting;

  MemoryFind(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "search",
            "Find what is remembered by its words, the best first.",
            "",
            "No character of a query has a meaning of its own. Words are found in other forms,",
            "inside longer words, and in Chinese, Japanese and Korean too.",
            "");
    spec.addPositional(Options.several("WORDS", 1, "What to look for."));
    MemoryWords.addFilters(spec);
    spec.addOption(Options.text("--limit", "N", "At most N sections (default 10)."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo memory search why did we leave redis",
            "  mimo memory search 预览端口");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var wish = MemoryWords.wish(words, String.join(" ", Options.several(words)));
    var findings = MemoryDesk.told(() -> desk.search().search(wish));
    if (Options.format(words) == Format.TEXT) {
      findings.forEach(this::show);
      if (findings.isEmpty()) {
        setting.terminal().err().print("nothing that is remembered has any of these words\n");
      }
    } else {
      setting.say(json(wish.words(), findings));
    }
    return ExitCode.OK;
  }

  private void show(Finding finding) {
    var section = finding.hit().section();
    setting.say(
        String.format(
            Locale.ROOT,
            "%.2f  %s:%d  %s",
            finding.hit().score(),
            finding.place().name(),
            section.first(),
            section.heading()));
    section
        .body()
        .lines()
        .limit(SHOWN_LINES)
        .forEach(line -> setting.say("      " + TerminalText.cut(line, MemoryWords.LINE_WIDTH)));
    long more = section.body().lines().count() - SHOWN_LINES;
    if (more > 0) {
      setting.say("      … " + more + " more lines");
    }
  }

  private static String json(String query, List<Finding> findings) {
    return MemoryWords.object(json -> {
      json.writeStringField("query", query);
      json.writeArrayFieldStart("results");
      for (var finding : findings) {
        json.writeStartObject();
        MemoryWords.write(json, finding);
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }
}
