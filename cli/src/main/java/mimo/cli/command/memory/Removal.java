package mimo.cli.command.memory;

import java.util.Map;
import mimo.cli.command.Setting;
import mimo.cli.memory.MemoryDesk.Erased;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;

/// How commands tell that something is gone.
final class Removal {

  private Removal() {}

  /// @param removed what, and from which file
  static void tell(Setting setting, Format format, Map<String, String> removed, Erased erased) {
    if (format != Format.TEXT) {
      setting.say(
          MemoryWords.object(json -> {
            json.writeObjectFieldStart("removed");
            for (var entry : removed.entrySet()) {
              json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("sessions");
            for (var session : erased.sessions()) {
              json.writeString(session);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("runs");
            for (var run : erased.runs()) {
              json.writeString(run);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("proposals");
            for (var proposal : erased.proposals()) {
              json.writeString(proposal);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("files");
            for (var file : erased.files()) {
              json.writeString(file);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("kept");
            for (var kept : erased.kept()) {
              json.writeString(kept);
            }
            json.writeEndArray();
          }));
      return;
    }
    removed.forEach((what, where) -> setting.say("removed " + what + " from " + where));
    erased.files().forEach(file -> setting.say("rewrote " + file));
    if (!erased.sessions().isEmpty()) {
      setting.say("rewrote " + Figures.count(erased.sessions().size(), "session"));
    }
    if (!erased.runs().isEmpty()) {
      setting.say(
          "rewrote %s, which can be continued but not resumed exactly"
              .formatted(Figures.count(erased.runs().size(), "run")));
    }
    if (!erased.proposals().isEmpty()) {
      setting.say("dropped the proposals that quoted it: " + String.join(", ", erased.proposals()));
    }
    erased.kept().forEach(why -> setting.terminal().err().print("not rewritten: " + why + "\n"));
  }
}
