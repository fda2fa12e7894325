package mimo.cli.command.runs;

import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.GateWords;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import mimo.engine.AskedGate;
import mimo.engine.ControlOutcome;
import mimo.engine.RunId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs answer`: answers a question that a run waits for (D53).
final class RunsAnswer implements Subcommand {

  private static final int MOST_OF_A_QUESTION = 120;

  private final Setting setting;

  RunsAnswer(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "answer",
            "Answer a question that a run waits for.",
            "",
            "The first answer counts. It is checked here, and is durable when this returns; a run",
            "that nobody works on then goes on with the daemon, or `mimo runs resume --due`.",
            "");
    spec.addPositional(RunsResume.runId());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("1..2")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("[STEP] VALUE")
            .description("The step that asks, if there are several; then the answer.")
            .build());
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs answer 7f3a yes",
            "  mimo runs answer 7f3a 12 \"the second one\"",
            "  mimo runs answer 7f3a 12 '{\"count\": 3}'");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var run = setting.runs().get().id(words.matchedPositionalValue(0, ""));
    return RunsResume.told(run, () -> answer(run, words));
  }

  private ExitCode answer(RunId run, ParseResult words) throws InterruptedException {
    var runs = setting.runs().get();
    List<String> given = words.matchedPositionalValue(1, List.<String>of());
    var gate = gate(run, runs.gates(run), given);
    var question = new GateWords(gate.question(), gate.schema(), gate.fallback());
    var meaning = question.meaning(given.getLast());
    if (gate.open()) {
      question.misfit(meaning).ifPresent(why -> refuse(gate, why));
    }
    var who = setting.environment().getOrDefault("USER", "somebody");
    return switch (runs.answer(run, gate, meaning, who)) {
      case ControlOutcome.Refused(var code, var message) ->
          throw new CommandException(code, message);
      case ControlOutcome.Applied() -> told(run, gate, meaning, "applied", words);
      case ControlOutcome.Open() -> told(run, gate, meaning, "open", words);
    };
  }

  private static void refuse(AskedGate gate, String why) {
    throw new CommandException("answer_misfit", "step " + gate.seq() + ": " + why);
  }

  private static AskedGate gate(RunId run, List<AskedGate> gates, List<String> given) {
    if (given.size() > 1) {
      var step = given.getFirst();
      return gates.stream()
          .filter(gate -> Integer.toString(gate.seq()).equals(step))
          .findFirst()
          .orElseThrow(() ->
              new CommandException(
                  "step_unknown", "run " + run + " has no step " + step + " that asks"));
    }
    var open = gates.stream().filter(AskedGate::open).toList();
    if (open.size() == 1) {
      return open.getFirst();
    }
    if (open.isEmpty() && !gates.isEmpty()) {
      // Refused where it is looked at again, showing the answer that counts.
      return gates.getLast();
    }
    throw new CommandException(
        "usage",
        open.isEmpty()
            ? "run " + run + " asks nothing"
            : "run "
                + run
                + " asks more than one thing; name the step: "
                + String.join(", ", open.stream().map(RunsAnswer::shown).toList()));
  }

  private static String shown(AskedGate gate) {
    return gate.seq() + " (" + TerminalText.cut(gate.question(), MOST_OF_A_QUESTION) + ")";
  }

  private ExitCode told(RunId run, AskedGate gate, String value, String status, ParseResult words) {
    if (Options.format(words) == Format.TEXT) {
      setting.say("step " + gate.seq() + " of run " + run + ": " + value);
    } else {
      setting.say(
          JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeStringField("run", run.value());
            json.writeNumberField("step", gate.seq());
            json.writeFieldName("value");
            JsonText.copy(value, json);
            json.writeStringField("status", status);
            json.writeEndObject();
          }));
    }
    return ExitCode.OK;
  }
}
