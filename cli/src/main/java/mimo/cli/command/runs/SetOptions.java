package mimo.cli.command.runs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.config.Span;
import mimo.cli.error.CommandException;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The option `--set`, which changes something a run was launched with.
final class SetOptions {

  private static final String NAME = "--set";
  private static final List<String> KNOWN = List.of("budget", "concurrency", "deadline", "model");
  private static final Pattern BUDGET =
      Pattern.compile("\\d+(\\.\\d+)?(k|m|tokens|usd|\\$)?", Pattern.CASE_INSENSITIVE);

  private SetOptions() {}

  static void add(CommandSpec spec, String description) {
    spec.addOption(
        OptionSpec.builder(NAME)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel("NAME=VALUE")
            .description(description)
            .build());
  }

  static Changes read(ParseResult words) {
    var given = new TreeMap<String, String>();
    for (String each : words.matchedOptionValue(NAME, List.<String>of())) {
      int equals = each.indexOf('=');
      var name = equals < 0 ? each : each.substring(0, equals).toLowerCase(Locale.ROOT);
      if (equals < 0 || !KNOWN.contains(name)) {
        throw wrong("--set takes one of " + String.join(", ", KNOWN) + " as NAME=VALUE", each);
      }
      if (given.put(name, each.substring(equals + 1)) != null) {
        throw wrong("--set " + name + " is given twice", each);
      }
    }
    return new Changes(
        concurrency(given), budget(given), deadline(given.get("deadline")), given.get("model"));
  }

  private static @Nullable Integer concurrency(Map<String, String> given) {
    var text = given.get("concurrency");
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= EngineLimits.MOST_AGENTS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw wrong("concurrency is a whole number from 1 to " + EngineLimits.MOST_AGENTS, text);
  }

  private static @Nullable String budget(Map<String, String> given) {
    var text = given.get("budget");
    if (text != null && !BUDGET.matcher(text).matches()) {
      throw wrong("budget is tokens such as 200k, or money such as 1.5usd", text);
    }
    return text;
  }

  private static java.time.@Nullable Duration deadline(@Nullable String text) {
    return text == null
        ? null
        : Span.parse(text).orElseThrow(() -> wrong("deadline is " + Span.WANTED, text));
  }

  private static CommandException wrong(String rule, String found) {
    return new CommandException("usage", rule + "; found '" + found + "'");
  }
}
