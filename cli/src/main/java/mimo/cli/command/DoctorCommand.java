package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.cli.command.Inspection.Network;
import mimo.cli.doctor.Finding;
import mimo.cli.doctor.Finding.Verdict;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo doctor`: looks at everything mimo needs, and says what is wrong and what to do.
public final class DoctorCommand implements Subcommand {

  private static final int AREA_WIDTH = 9;
  private static final String INDENT = " ".repeat(AREA_WIDTH + 6);

  private final Setting setting;

  public DoctorCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "doctor",
            "Look at everything mimo needs, and say what is wrong.",
            "",
            "Changes nothing. Exits with 1 if something of mimo does not work.",
            "");
    spec.addOption(
        Options.flag("--online", "Ask the default model's provider too, without using the model."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var format = Options.format(words);
    var network = words.hasMatchedOption("--online") ? Network.PROVIDER : Network.THIS_MACHINE;
    var findings = setting.inspection().get().examine(network);
    switch (format) {
      case TEXT -> print(findings);
      case JSON -> setting.say(JsonText.of(json -> write(json, findings)));
      case STREAM_JSON ->
          findings.forEach(finding -> setting.say(JsonText.of(json -> write(json, finding))));
    }
    return count(findings, Verdict.FAIL) == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void print(List<Finding> findings) {
    var style = setting.outStyle();
    for (var finding : findings) {
      setting.show(
          pad(finding.area(), AREA_WIDTH)
              + verdict(finding.verdict(), style)
              + TerminalText.oneLine(finding.what()));
      if (!finding.remedy().isEmpty()) {
        setting.show(INDENT + "→ " + TerminalText.oneLine(finding.remedy()));
      }
    }
    setting
        .terminal()
        .err()
        .print(
            "mimo: %d ok, %d to look at, %d failed\n"
                .formatted(
                    count(findings, Verdict.OK),
                    count(findings, Verdict.WARN),
                    count(findings, Verdict.FAIL)));
  }

  private static String verdict(Verdict verdict, Style style) {
    var word = pad(verdict.word(), 6);
    return switch (verdict) {
      case OK -> style.green(word);
      case WARN -> style.yellow(word);
      case FAIL -> style.red(word);
    };
  }

  private static String pad(String word, int width) {
    return word + " ".repeat(Math.max(1, width - word.length()));
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  private static void write(JsonGenerator json, List<Finding> findings) throws IOException {
    json.writeStartObject();
    json.writeNumberField("v", 1);
    json.writeBooleanField("ok", count(findings, Verdict.FAIL) == 0);
    json.writeArrayFieldStart("findings");
    for (var finding : findings) {
      write(json, finding);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("area", finding.area());
    json.writeStringField("verdict", finding.verdict().word());
    json.writeStringField("what", finding.what());
    if (!finding.remedy().isEmpty()) {
      json.writeStringField("remedy", finding.remedy());
    }
    json.writeEndObject();
  }
}
