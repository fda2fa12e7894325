package mimo.cli.command.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.cli.command.McpDesk;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo mcp list`: the servers there are, and whether each is used. None is started.
final class McpList implements Subcommand {

  private final Setting setting;

  McpList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("list", "List the MCP servers, and whether each is used.");
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    try (var desk = setting.mcp().get()) {
      var lines = desk.list();
      switch (Options.format(words)) {
        case TEXT -> table(lines);
        case JSON ->
            setting.say(
                JsonText.of(json -> {
                  json.writeStartObject();
                  json.writeNumberField("v", 1);
                  json.writeArrayFieldStart("servers");
                  for (var line : lines) {
                    write(json, line);
                  }
                  json.writeEndArray();
                  json.writeEndObject();
                }));
        case STREAM_JSON ->
            lines.forEach(line -> setting.say(JsonText.of(json -> write(json, line))));
      }
      return ExitCode.OK;
    }
  }

  private void table(List<McpDesk.Line> lines) {
    if (lines.isEmpty()) {
      setting.say("There are no MCP servers here; mcp of the configuration names some.");
      return;
    }
    int width = lines.stream().mapToInt(line -> line.name().length()).max().orElse(1);
    for (var line : lines) {
      setting.say(
          TerminalText.oneLine(
              ("%-" + width + "s  %-7s  %-10s  %-11s  %s")
                  .formatted(line.name(), line.kind(), line.owner(), line.state(), line.at())));
    }
  }

  /// One server, as an object.
  static void write(JsonGenerator json, McpDesk.Line line) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", line.name());
    json.writeStringField("kind", line.kind());
    json.writeStringField("owner", line.owner());
    json.writeStringField("state", line.state());
    json.writeStringField("at", line.at());
    json.writeStringField("place", line.place());
    json.writeArrayFieldStart("approved");
    for (var tool : line.approved()) {
      json.writeString(tool);
    }
    json.writeEndArray();
    if (line.why() != null) {
      json.writeStringField("why", line.why());
    }
    json.writeEndObject();
  }
}
