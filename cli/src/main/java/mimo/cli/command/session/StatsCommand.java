package mimo.cli.command.session;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo stats`: tokens and money by day and by model, of sessions and of runs.
public final class StatsCommand implements Subcommand {

  /// The models of a run are told by the run.
  private static final String RUNS = "workflow runs";

  private static final int NAME_WIDTH = 32;

  private final Setting setting;

  public StatsCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "stats",
            "Show tokens and money by day and by model.",
            "",
            "Counts every reply in a session on the day it came, and every run on the day it began."
                + " Days",
            "are those of UTC. Money is what was known when it was asked; a price nobody knew is"
                + " not counted,",
            "and marked.",
            "");
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo stats", "  mimo stats --json");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var days = new TreeMap<String, Sum>();
    var models = new TreeMap<String, Sum>();
    for (var use : setting.sessions().get().uses()) {
      var usage = use.usage();
      var overhead = use.overhead();
      var tokens = overhead.usage().input() + overhead.usage().output();
      var one =
          new Sum(use.requests(), usage.input(), usage.output(), 0, false, tokens, 0)
              .paid(use.microUsd(), overhead.microUsd());
      days.merge(day(use.at()), one, Sum::plus);
      models.merge(use.model(), one, Sum::plus);
    }
    for (var run : setting.runs().get().list()) {
      var started = run.started();
      var used = run.progress().usage();
      if (started != null && used.getOrDefault("requests", 0L) > 0) {
        var one =
            new Sum(
                    used.getOrDefault("requests", 0L),
                    used.getOrDefault("input_tokens", 0L),
                    used.getOrDefault("output_tokens", 0L),
                    0,
                    false,
                    used.getOrDefault("overhead_input_tokens", 0L)
                        + used.getOrDefault("overhead_output_tokens", 0L),
                    0)
                .paid(used.get("cost_micro_usd"), used.get("overhead_cost_micro_usd"));
        days.merge(day(started), one, Sum::plus);
        models.merge(RUNS, one, Sum::plus);
      }
    }
    if (Options.format(words) == Format.TEXT) {
      tell("day", days);
      setting.say("");
      tell("model", models);
    } else {
      setting.say(json(days, models));
    }
    return ExitCode.OK;
  }

  /// What several replies used.
  ///
  /// @param unpriced whether some of it had no known price
  /// @param overhead tokens of Max Mode that went to no reply; all figures hold them too
  /// @param overheadMicroUsd what those cost
  private record Sum(
      long requests,
      long input,
      long output,
      long microUsd,
      boolean unpriced,
      long overhead,
      long overheadMicroUsd) {

    Sum paid(@Nullable Long cost, @Nullable Long beside) {
      return new Sum(
          requests,
          input,
          output,
          cost == null ? 0 : cost,
          cost == null,
          overhead,
          beside == null ? 0 : beside);
    }

    Sum plus(Sum more) {
      return new Sum(
          requests + more.requests,
          input + more.input,
          output + more.output,
          microUsd + more.microUsd,
          unpriced || more.unpriced,
          overhead + more.overhead,
          overheadMicroUsd + more.overheadMicroUsd);
    }
  }

  private static String day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /// The overhead of Max Mode has columns where there is any.
  private void tell(String head, Map<String, Sum> sums) {
    boolean max = sums.values().stream().anyMatch(sum -> sum.overhead() > 0);
    setting.say(
        String.format(
            Locale.ROOT,
            "%-" + NAME_WIDTH + "s  %8s  %12s  %12s  %10s%s",
            head,
            "requests",
            "tokens in",
            "tokens out",
            "USD",
            max ? String.format(Locale.ROOT, "  %12s  %10s", "max overhead", "USD") : ""));
    sums.forEach((name, sum) ->
        setting.say(
            String.format(
                Locale.ROOT,
                "%-" + NAME_WIDTH + "s  %8d  %12d  %12d  %10.4f%s%s",
                TerminalText.cut(name, NAME_WIDTH),
                sum.requests(),
                sum.input(),
                sum.output(),
                sum.microUsd() / 1e6,
                max
                    ? String.format(
                        Locale.ROOT, "  %12d  %10.4f", sum.overhead(), sum.overheadMicroUsd() / 1e6)
                    : "",
                sum.unpriced() ? " and more" : "")));
  }

  private static String json(Map<String, Sum> days, Map<String, Sum> models) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      write(json, "days", "day", days);
      write(json, "models", "model", models);
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, String list, String key, Map<String, Sum> sums)
      throws IOException {
    json.writeArrayFieldStart(list);
    for (var each : sums.entrySet()) {
      var sum = each.getValue();
      json.writeStartObject();
      json.writeStringField(key, each.getKey());
      json.writeNumberField("requests", sum.requests());
      json.writeNumberField("input_tokens", sum.input());
      json.writeNumberField("output_tokens", sum.output());
      json.writeNumberField("cost_micro_usd", sum.microUsd());
      json.writeBooleanField("price_unknown", sum.unpriced());
      json.writeNumberField("overhead_tokens", sum.overhead());
      json.writeNumberField("overhead_cost_micro_usd", sum.overheadMicroUsd());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
