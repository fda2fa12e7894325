package mimo.cli.command.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import mimo.cli.command.McpDesk;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo mcp test`: starts a server, says what it offers, and ends it.
final class McpTest implements Subcommand {

  private static final int COMPLAINTS = 10;

  private final Setting setting;

  McpTest(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "test",
            "Start an MCP server, and show what it offers.",
            "",
            "A local server runs as agents' commands do: in the sandbox, without the network",
            "unless mcp.NAME.network is on. No tool is called, and nothing is approved.",
            "");
    spec.addPositional(Options.required("SERVER", "The server's name."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var name = words.matchedPositionalValue(0, "");
    try (var desk = setting.mcp().get()) {
      var tried = desk.test(name);
      if (Options.format(words) == Format.TEXT) {
        show(name, tried);
      } else {
        setting.say(JsonText.of(json -> write(json, name, tried)));
      }
      return ExitCode.OK;
    }
  }

  private void show(String name, McpDesk.Tried tried) {
    say(
        "%s answers as %s, MCP %s, within %d ms%s"
            .formatted(
                name,
                tried.server(),
                tried.protocol(),
                tried.millis(),
                tried.walls().isEmpty() ? "" : " (" + tried.walls() + ")"));
    tried.tools().forEach(tool -> say(line(tool)));
    tried.notes().forEach(note -> say("note: " + note));
    tried
        .complaints()
        .lines()
        .limit(COMPLAINTS)
        .forEach(complaint -> say("it says on its standard error: " + complaint));
  }

  /// One tool, on one line.
  static String line(McpDesk.ToolLine tool) {
    return "  %-8s  %-7s  %s  %s"
        .formatted(
            tool.standing(),
            tool.effect(),
            tool.name(),
            tool.description().lines().findFirst().orElse(""));
  }

  private void say(String line) {
    setting.say(TerminalText.oneLine(line));
  }

  private static void write(JsonGenerator json, String name, McpDesk.Tried tried)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("v", 1);
    json.writeStringField("name", name);
    json.writeStringField("server", tried.server());
    json.writeStringField("protocol", tried.protocol());
    json.writeStringField("walls", tried.walls());
    json.writeNumberField("millis", tried.millis());
    json.writeArrayFieldStart("tools");
    for (var tool : tried.tools()) {
      write(json, tool);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (var note : tried.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeStringField("stderr", tried.complaints());
    json.writeEndObject();
  }

  /// One tool, as an object.
  static void write(JsonGenerator json, McpDesk.ToolLine tool) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tool.name());
    json.writeStringField("effect", tool.effect());
    json.writeStringField("standing", tool.standing());
    json.writeStringField("description", tool.description());
    json.writeEndObject();
  }
}
