package mimo.cli.command.runs;

import java.util.stream.Stream;
import mimo.cli.command.Options;
import mimo.cli.command.RunWatch;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Failure;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.engine.ControlOutcome;
import mimo.engine.RunId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs pause`, `cancel`, `stop-agent` and `retry-agent`: asks something of a run, and waits
/// a little for what becomes of it.
final class RunsAsk implements Subcommand {

  private final Setting setting;
  private final RunWish wish;

  RunsAsk(Setting setting, RunWish wish) {
    this.setting = setting;
    this.wish = wish;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command(wish.word(), wish.header(), description());
    spec.addPositional(RunsResume.runId());
    if (wish.isOfStep()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index("1")
              .arity("1")
              .required(true)
              .type(String.class)
              .paramLabel("STEP")
              .description("The agent's number, as runs show and runs watch tell it.")
              .build());
    }
    Options.addFormat(spec);
    var step = wish.isOfStep() ? " 12" : "";
    spec.usageMessage().footer("", "Example:", "  mimo runs " + wish.word() + " 7f3a" + step);
    return spec;
  }

  private String[] description() {
    return Stream.of(Stream.of(""), wish.description().stream(), Stream.of(""))
        .flatMap(lines -> lines)
        .toArray(String[]::new);
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var seq = wish.isOfStep() ? step(words.matchedPositionalValue(1, "")) : 0;
    try (var watch = setting.runs().get().watch()) {
      var run = watch.find(words.matchedPositionalValue(0, "")).id();
      var generation = wish.isOfStep() ? generation(watch, run) : 0;
      tell(run, watch.ask(run, wish.request(generation, seq)), Options.format(words));
      return ExitCode.OK;
    }
  }

  private static int step(String text) {
    var digits = text.startsWith("#") ? text.substring(1) : text;
    try {
      int seq = Integer.parseInt(digits);
      if (seq > 0) {
        return seq;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number that is too small is.
    }
    throw new CommandException("usage", "STEP is an agent's number; found '" + text + "'");
  }

  private static int generation(RunWatch watch, RunId run) {
    int generation = 0;
    for (var next = watch.next(run); !next.isEmpty(); next = watch.next(run)) {
      generation = next.getLast().generation();
    }
    return generation;
  }

  private void tell(RunId run, ControlOutcome outcome, Format format) {
    var done =
        switch (outcome) {
          case ControlOutcome.Refused(var code, var message) ->
              throw new CommandException(new Failure(code, message, null, null, run.value()));
          case ControlOutcome.Applied() -> true;
          case ControlOutcome.Open() -> false;
        };
    if (format != Format.TEXT) {
      setting.say(json(run, done));
    } else if (done) {
      setting.say("run " + run + ": " + wish.done());
    } else {
      setting.say("run " + run + ": " + wish.word() + " is asked for");
      setting
          .terminal()
          .err()
          .print("whoever works on the run has not acted on it yet; it is stored, and done then\n");
    }
  }

  private String json(RunId run, boolean done) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeStringField("run", run.value());
      json.writeStringField("request", wish.word());
      json.writeBooleanField("done", done);
      json.writeEndObject();
    });
  }
}
