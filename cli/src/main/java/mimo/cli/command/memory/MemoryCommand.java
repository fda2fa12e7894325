package mimo.cli.command.memory;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory`: looks after what is remembered from one session to the next (M21).
public final class MemoryCommand implements Subcommand {

  private final Subcommands commands = new Subcommands("memory");

  public MemoryCommand(Setting setting) {
    commands.put("list", new MemoryList(setting));
    commands.put("show", new MemoryShow(setting));
    commands.put("search", new MemoryFind(setting));
    commands.put("why", new MemoryWhy(setting));
    commands.put("edit", new MemoryEdit(setting));
    commands.put("approve", new MemoryApprove(setting));
    commands.put("dream", new MemoryDream(setting));
    commands.put("distill", new MemoryDistill(setting));
    commands.put("proposals", new ProposalsCommand(setting));
    commands.put("forget", new MemoryForget(setting));
    commands.put("scrub", new MemoryScrub(setting));
    commands.put("reindex", new MemoryReindex(setting));
    commands.put("diff", new MemoryDiff(setting));
    commands.put("log", new MemoryVersions(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "memory",
            "List, search, correct and remove what is remembered.",
            "",
            "The memory is Markdown files. Edit them with any editor, at any time: nobody's words",
            "are overwritten. A session begins with a short digest of the global file and of this",
            "project's; the rest is found by searching.",
            "");
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo memory list",
            "  mimo memory edit project",
            "  mimo memory search which port does the preview use",
            "  mimo memory forget m4f21");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return commands.run(words);
  }
}
