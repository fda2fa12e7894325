package mimo.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mimo.cli.command.Setting.Noise;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Format;
import mimo.compose.Dialect;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Options that several commands share, and how they are read.
public final class Options {

  /// The words of `--dialect`.
  static final List<String> DIALECTS = Arrays.stream(Dialect.values()).map(Dialect::word).toList();

  private static final int HELP_WIDTH = 100;

  private Options() {}

  public static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  public static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  public static CommandSpec command(String name, String header, String... description) {
    var spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .header(header, "")
        .description(description)
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .width(HELP_WIDTH);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show this text.")
            .order(1000)
            .build());
    return spec;
  }

  public static void addFormat(CommandSpec spec) {
    spec.addOption(
        text("--format", "FORMAT", "text (for people), json (one object), stream-json (events)."));
    spec.addOption(flag("--json", "The same as --format json."));
  }

  public static Format format(ParseResult words) {
    var name = words.matchedOptionValue("--format", (String) null);
    if (words.hasMatchedOption("--json")) {
      if (name != null && !name.equals("json")) {
        throw new CommandException("usage", "--json and --format " + name + " contradict");
      }
      return Format.JSON;
    }
    if (name == null) {
      return Format.TEXT;
    }
    for (var format : Format.values()) {
      if (format.word().equals(name.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new CommandException(
        "usage", "--format is text, json or stream-json; found '" + name + "'");
  }

  public static Noise noise(ParseResult words) {
    return words.hasMatchedOption("--quiet") ? Noise.QUIET : Noise.USUAL;
  }

  public static @Nullable String text(ParseResult words, String option) {
    return words.matchedOptionValue(option, (String) null);
  }

  /// The dialect `--dialect` gives; null if it is not given.
  public static @Nullable String dialect(ParseResult words) {
    var dialect = text(words, "--dialect");
    if (dialect != null && !DIALECTS.contains(dialect)) {
      throw new CommandException(
          "usage",
          "--dialect is one of " + String.join(", ", DIALECTS) + "; found '" + dialect + "'");
    }
    return dialect;
  }

  /// The whole number an option gives, from 1 to `most`; null if it is not given.
  public static @Nullable Integer number(ParseResult words, String option, int most) {
    var text = text(words, option);
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new CommandException(
        "usage", option + " is a whole number from 1 to " + most + "; found '" + text + "'");
  }

  /// A word that need not be there.
  public static PositionalParamSpec optional(String label, String description) {
    return positional(label, description).arity("0..1").build();
  }

  /// A word that must be there.
  public static PositionalParamSpec required(String label, String description) {
    return positional(label, description).arity("1").required(true).build();
  }

  /// Words of which there may be several.
  ///
  /// @param least how many there must be
  public static PositionalParamSpec several(String label, int least, String description) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity(least + "..*")
        .required(least > 0)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// The words that [#several] took.
  public static List<String> several(ParseResult words) {
    var all = new ArrayList<String>();
    for (var positional : words.matchedPositionals()) {
      List<?> values = positional.getValue();
      values.forEach(value -> all.add(String.valueOf(value)));
    }
    return List.copyOf(all);
  }

  private static PositionalParamSpec.Builder positional(String label, String description) {
    return PositionalParamSpec.builder()
        .index("0")
        .type(String.class)
        .paramLabel(label)
        .description(description);
  }
}
