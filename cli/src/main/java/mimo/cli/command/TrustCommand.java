package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import mimo.cli.trust.Standing;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo trust`: what a repository brings along that could run, and whether it may (A57).
public final class TrustCommand implements Subcommand {

  private final Setting setting;

  public TrustCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "trust",
            "Show or change whether what this repository brings along may run.",
            "",
            "Workflows, agents, skills, commands, hooks and servers of a repository do nothing",
            "until you trust them. You trust files as they are: if one changes, you are asked",
            "again. A script you name by its path needs no trust.",
            "");
    Options.addFormat(spec);
    spec.addSubcommand("status", sub("status", "Show what could run, and what changed."));
    spec.addSubcommand("grant", sub("grant", "Trust what could run, as it is now."));
    spec.addSubcommand("revoke", sub("revoke", "Trust nothing of this repository any more."));
    spec.usageMessage()
        .footer(
            "",
            "Marks: + not trusted yet, ~ changed since, - gone since, none for as you trusted it.",
            "",
            "Examples:",
            "  mimo trust",
            "  mimo trust grant",
            "  mimo trust status --json");
    return spec;
  }

  private static CommandSpec sub(String name, String header) {
    var spec = Options.command(name, header);
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var sub = words.subcommand();
    var format = Options.format(sub == null ? words : sub);
    var folder = setting.scripts().folder();
    var trust = setting.trust();
    switch (sub == null ? "status" : sub.commandSpec().name()) {
      case "grant" -> {
        var standing = trust.standing(folder);
        if (!standing.needsNone()) {
          trust.grant(folder, standing);
        }
        show(format, standing, "granted", standing.needsNone() ? "" : "Trusted now.");
      }
      case "revoke" -> {
        boolean was = trust.revoke(folder);
        show(
            format,
            trust.standing(folder),
            "revoked",
            was ? "Trusted no more." : "Nothing of it was trusted.");
      }
      default -> show(format, trust.standing(folder), "status", "");
    }
    return ExitCode.OK;
  }

  private void show(Format format, Standing standing, String done, String closing) {
    if (format != Format.TEXT) {
      boolean trusted = done.equals("granted") || standing.isTrusted();
      setting.say(JsonText.of(json -> write(json, standing, trusted)));
      return;
    }
    setting.say(standing.now().root().toString());
    if (standing.needsNone() && !standing.wasTrusted()) {
      setting.say("It brings nothing along that could run, and needs no trust.");
    } else {
      for (var entry : standing.entries()) {
        setting.say(TerminalText.oneLine("  " + entry.change().mark() + " " + entry.path()));
      }
      for (var open : standing.now().open()) {
        setting.say(TerminalText.oneLine("  note: " + open));
      }
      setting.say("hash " + standing.now().hash());
      setting.say(closing.isEmpty() ? state(standing) : closing);
    }
  }

  private static String state(Standing standing) {
    if (standing.isTrusted()) {
      return "Trusted, as it is.";
    }
    return standing.wasTrusted()
        ? "Changed since you trusted it: nothing of it runs. To trust it again: mimo trust grant"
        : "Not trusted: nothing of it runs. To trust it: mimo trust grant";
  }

  private static void write(JsonGenerator json, Standing standing, boolean trusted)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("v", 1);
    json.writeStringField("root", standing.now().root().toString());
    json.writeBooleanField("trusted", trusted);
    json.writeStringField("hash", standing.now().hash());
    json.writeArrayFieldStart("files");
    for (var entry : standing.entries()) {
      json.writeStartObject();
      json.writeStringField("path", entry.path());
      json.writeStringField("change", entry.change().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (!standing.now().open().isEmpty()) {
      json.writeArrayFieldStart("notes");
      for (var open : standing.now().open()) {
        json.writeString(open);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
