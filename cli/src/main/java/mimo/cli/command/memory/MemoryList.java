package mimo.cli.command.memory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.memory.Memory.Suspicion;
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

/// `mimo memory list`: every file, and what stands in it.
final class MemoryList implements Subcommand {

  private final Setting setting;

  private record Listed(MemoryPlace place, List<MemoryEntry> entries, List<Suspicion> secrets) {}

  MemoryList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "list",
            "List the files of the memory, and what stands in them.",
            "",
            "Entries are named by an id. Where a source is \"user (unverified)\", somebody wrote",
            "the entry into the file, most likely you.",
            "");
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var listed = MemoryDesk.told(() -> listed(desk));
    if (Options.format(words) != Format.TEXT) {
      setting.say(MemoryWords.object(json -> write(json, desk, listed)));
      return ExitCode.OK;
    }
    for (var file : listed) {
      setting.say(file.place().name() + "  " + count(file.entries().size()));
      file.entries().forEach(entry -> setting.say(MemoryWords.line(entry)));
      for (var secret : file.secrets()) {
        setting.say(
            "  line %d looks like a secret: %s".formatted(secret.line(), secret.redacted()));
      }
    }
    if (listed.isEmpty()) {
      setting
          .terminal()
          .err()
          .print(
              "nothing is remembered yet; begin with mimo memory edit project, or write "
                  + desk.memory().layout().ofProject().file()
                  + "\n");
    }
    if (listed.stream().anyMatch(file -> !file.secrets().isEmpty())) {
      setting.terminal().err().print("mimo memory scrub takes secrets out for good\n");
    }
    if (!desk.notice().isEmpty()) {
      setting.terminal().err().print(desk.notice() + "\n");
    }
    return ExitCode.OK;
  }

  private static String count(int entries) {
    return entries == 1 ? "1 entry" : entries + " entries";
  }

  private static List<Listed> listed(MemoryDesk desk) {
    var listed = new ArrayList<Listed>();
    for (var place : desk.places()) {
      listed.add(new Listed(place, desk.memory().entries(place), desk.memory().suspicions(place)));
    }
    return listed;
  }

  private static void write(JsonGenerator json, MemoryDesk desk, List<Listed> listed)
      throws IOException {
    json.writeStringField("folder", desk.memory().layout().folder().toString());
    json.writeStringField("project", desk.memory().layout().project());
    json.writeArrayFieldStart("files");
    for (var file : listed) {
      json.writeStartObject();
      MemoryWords.write(json, file.place());
      json.writeArrayFieldStart("entries");
      for (var entry : file.entries()) {
        json.writeStartObject();
        MemoryWords.write(json, entry);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("secrets");
      for (var secret : file.secrets()) {
        json.writeStartObject();
        json.writeNumberField("line", secret.line());
        json.writeStringField("redacted", secret.redacted());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
