package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Rule;
import mimo.agent.permission.Ruling;
import mimo.agent.permission.WrittenCall;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo permission why`: what would become of a call, and which rule says so (A54).
public final class PermissionCommand implements Subcommand {

  static final List<String> AGENTS = List.of("build", "explore", "general", "plan");

  private final Setting setting;

  public PermissionCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("permission", "Say what agents may do, and why.", "");
    var why =
        Options.command(
            "why",
            "Say what would become of a call, and which rule decides.",
            "",
            "CALL is a command line; or edit, write, read or glob and a path; or webfetch and an",
            "address; or JSON: {\"tool\": …, \"input\": {…}}. Nothing is run, and nobody is asked.",
            "");
    why.addPositional(Options.required("CALL", "The call, as one word."));
    why.addOption(
        Options.text("--agent", "AGENT", "Whose call it is: build, explore, general or plan."));
    Options.addFormat(why);
    why.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo permission why 'git push origin main'",
            "  mimo permission why 'edit .git/config'",
            "  mimo permission why --agent plan 'write notes.md'");
    spec.addSubcommand("why", why);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var sub = words.subcommand();
    if (sub == null) {
      setting
          .terminal()
          .out()
          .print(
              words.commandSpec().commandLine().getUsageMessage(picocli.CommandLine.Help.Ansi.OFF));
      return ExitCode.USAGE;
    }
    var ruling = ruling(sub);
    if (Options.format(sub) == Format.TEXT) {
      show(ruling);
    } else {
      setting.say(JsonText.of(json -> write(json, ruling)));
    }
    return ExitCode.OK;
  }

  private Ruling ruling(ParseResult words) throws InterruptedException {
    var agent = words.matchedOptionValue("--agent", "build");
    if (!AGENTS.contains(agent)) {
      throw new CommandException(
          "usage", "--agent knows no '" + agent + "'" + Nearest.hint(agent, AGENTS));
    }
    var authority = setting.inspection().get().authority();
    try {
      var call = WrittenCall.read(words.matchedPositionalValue(0, ""));
      return of(authority, agent).permissions().rule(call);
    } catch (IllegalArgumentException malformed) {
      throw new CommandException(
          "call_invalid", "the call cannot be read: " + malformed.getMessage());
    }
  }

  private static Authority of(Authority authority, String agent) {
    return BuiltinAgents.onlyLooks(agent) ? authority.readOnly() : authority;
  }

  private void show(Ruling ruling) {
    var style = setting.outStyle();
    setting.show(decision(ruling, style) + "  " + TerminalText.oneLine(ruling.reason()));
    for (var losing : ruling.losing()) {
      setting.show("      not  " + TerminalText.oneLine(losing.text()));
    }
    for (var grant : ruling.always()) {
      var offered = grant.permission() + " \"" + grant.pattern() + "\"";
      setting.show("      \"always\" would allow  " + TerminalText.oneLine(offered));
    }
  }

  private static String decision(Ruling ruling, Style style) {
    var word = ruling.decision().word();
    return switch (ruling.decision()) {
      case ALLOW -> style.green(word);
      case ASK -> style.yellow(word);
      case DENY -> style.red(word);
    };
  }

  private static void write(JsonGenerator json, Ruling ruling) throws IOException {
    json.writeStartObject();
    json.writeNumberField("v", 1);
    json.writeStringField("decision", ruling.decision().word());
    json.writeStringField("reason", ruling.reason());
    if (ruling.rule() != null) {
      json.writeFieldName("rule");
      write(json, ruling.rule());
    }
    json.writeArrayFieldStart("losing");
    for (var losing : ruling.losing()) {
      write(json, losing);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("always");
    for (var grant : ruling.always()) {
      json.writeStartObject();
      json.writeStringField("permission", grant.permission());
      json.writeStringField("pattern", grant.pattern());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Rule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("permission", rule.permission());
    json.writeStringField("pattern", rule.pattern());
    json.writeStringField("decision", rule.decision().word());
    json.writeStringField("layer", rule.layer().words());
    if (!rule.place().isEmpty()) {
      json.writeStringField("place", rule.place());
    }
    json.writeEndObject();
  }
}
