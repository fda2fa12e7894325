package mimo.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mimo.cli.command.Shelf.Tested;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo test`: replays exported runs, and says whether their scripts still do what they did.
public final class TestCommand implements Subcommand {

  private final Setting setting;

  public TestCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "test",
            "Replay recorded runs as tests; no model is asked.",
            "",
            "A test is a file that mimo runs export wrote. Its script, as it is now, runs on what",
            "was recorded: the same questions must be asked in the same order, and the same result",
            "must come of it. Without PATH, all *.mimorun files below .mimocode are tests.",
            "");
    spec.addPositional(Options.several("PATH", 0, "Files, or folders that are searched."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs export 7f3a --output .mimocode/tests/review.mimorun",
            "  mimo test",
            "  mimo test .mimocode/tests/review.mimorun");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var paths = Options.several(words).stream().map(Path::of).toList();
    var tests = setting.runs().get().shelf().test(paths);
    if (Options.format(words) == Format.TEXT) {
      tell(tests);
    } else {
      setting.say(json(tests));
    }
    return tests.stream().allMatch(Tested::passed) ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void tell(List<Tested> tests) {
    for (var test : tests) {
      setting.say(
          String.format(
              Locale.ROOT,
              "%-6s  %s  (%s, %d %s)",
              test.passed() ? "ok" : "FAILED",
              test.file(),
              TerminalText.visible(test.workflow()),
              test.steps(),
              test.steps() == 1 ? "step" : "steps"));
      if (!test.passed()) {
        var title = ErrorTable.load().find(test.code()).title();
        setting.say("        " + title + ": " + TerminalText.visible(test.message()));
        test.excerpt().forEach(line -> setting.say("        " + TerminalText.visible(line)));
        setting.say("        → " + remedy(test));
      }
    }
    long passed = tests.stream().filter(Tested::passed).count();
    setting.say(passed + " passed, " + (tests.size() - passed) + " failed");
  }

  /// A test is no run: what differs from its record is mended in the script, or recorded anew.
  private static String remedy(Tested test) {
    return switch (test.code()) {
      case "determinism_violation", "result_differs" ->
          "mend the script; if it is right as it is, record it again: mimo runs export RUN --output"
              + " "
              + test.file();
      case String other -> ErrorTable.load().find(other).remedyFor(null);
    };
  }

  private static String json(List<Tested> tests) {
    long passed = tests.stream().filter(Tested::passed).count();
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeNumberField("passed", passed);
      json.writeNumberField("failed", tests.size() - passed);
      json.writeArrayFieldStart("tests");
      for (var test : tests) {
        json.writeStartObject();
        json.writeStringField("file", test.file().toString());
        json.writeStringField("workflow", test.workflow());
        json.writeNumberField("steps", test.steps());
        json.writeStringField("status", test.passed() ? "ok" : "failed");
        if (!test.passed()) {
          json.writeStringField("error", test.code());
          json.writeStringField("message", test.message());
          json.writeStringField("remedy", remedy(test));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
