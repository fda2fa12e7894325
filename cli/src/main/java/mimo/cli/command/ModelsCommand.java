package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import mimo.cli.command.Inspection.Servers;
import mimo.cli.command.ModelList.Capacity;
import mimo.cli.command.ModelList.KeyState;
import mimo.cli.command.ModelList.Line;
import mimo.cli.config.Configuration.Price;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo models`: the models there are, and the one that is taken where nobody names one.
public final class ModelsCommand implements Subcommand {

  private static final String UNKNOWN = "–";
  private static final String FREE = "free";
  private static final int MOST_WIDTH = 60;

  private final Setting setting;

  public ModelsCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "models",
            "List the models and their keys.",
            "",
            "Lists what presets and configuration know; nobody beyond this machine is asked.",
            "");
    spec.addPositional(
        Options.optional(
            "PATTERN", "Only names that hold these letters; a whole name tells all of it."));
    spec.addOption(Options.flag("--local", "Ask the model servers on this machine too."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo models",
            "  mimo models gpt",
            "  mimo models openai/gpt-5-mini",
            "  mimo models --local");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var pattern = words.matchedPositionalValue(0, "");
    var servers = words.hasMatchedOption("--local") ? Servers.ASKED : Servers.LEFT_ALONE;
    var list = matching(pattern, setting.inspection().get().models(servers));
    switch (Options.format(words)) {
      case TEXT -> {
        if (list.models().size() == 1 && list.models().getFirst().name().equals(pattern)) {
          describe(list.models().getFirst(), list);
        } else {
          print(list, pattern);
        }
      }
      case JSON -> setting.say(JsonText.of(json -> write(json, list)));
      case STREAM_JSON ->
          list.models()
              .forEach(line -> setting.say(JsonText.of(json -> write(json, line, list.chosen()))));
    }
    return ExitCode.OK;
  }

  /// A whole name means that model alone, however many others begin so.
  private static ModelList matching(String pattern, ModelList list) {
    var aliases = new TreeMap<>(list.aliases());
    var exact = list.models().stream().filter(line -> line.name().equals(pattern)).toList();
    if (!exact.isEmpty()) {
      aliases.values().removeIf(meant -> !meant.equals(pattern));
      return new ModelList(exact, list.chosen(), list.why(), aliases);
    }
    aliases.entrySet().removeIf(alias -> !holds(alias.getKey() + " " + alias.getValue(), pattern));
    var models =
        list.models().stream()
            .filter(line -> holds(line.name(), pattern) || aliases.containsValue(line.name()))
            .toList();
    if (models.isEmpty() && aliases.isEmpty()) {
      var names = list.models().stream().map(Line::name).toList();
      throw new CommandException(
          "model_unknown",
          "no model's name holds '" + pattern + "'" + Nearest.hint(pattern, names));
    }
    return new ModelList(models, list.chosen(), list.why(), aliases);
  }

  private static boolean holds(String name, String pattern) {
    return name.toLowerCase(Locale.ROOT).contains(pattern.toLowerCase(Locale.ROOT));
  }

  private void print(ModelList list, String pattern) {
    int width = list.models().stream().mapToInt(line -> line.name().length()).max().orElse(0);
    for (var line : list.models()) {
      setting.say(
          String.format(
              Locale.ROOT,
              "%s %-" + Math.clamp(width, 1, MOST_WIDTH) + "s  %-13s  %-16s  %-22s  %s",
              line.name().equals(list.chosen()) ? "*" : " ",
              TerminalText.oneLine(line.name()),
              window(line.capacity().window()),
              price(line.price()),
              abilities(line.capacity()),
              key(line.key())));
    }
    list.aliases()
        .forEach((alias, meant) -> setting.say("  " + TerminalText.oneLine(alias + " → " + meant)));
    if (pattern.isEmpty()) {
      setting.say(list.chosen() == null ? "no default: " + list.why() : "* default " + list.why());
    }
  }

  /// All that is known of one model.
  private void describe(Line line, ModelList list) {
    setting.say(TerminalText.oneLine(line.name()));
    var capacity = line.capacity();
    fact("speaks", line.where().protocol() + " at " + line.where().address());
    fact("takes in", tokens(capacity.window()));
    fact("says", tokens(capacity.output()));
    fact("costs", prices(line.price()));
    fact("can", capacity.abilities().isEmpty() ? "unknown" : abilities(capacity));
    fact("key", key(line.key()));
    if (line.name().equals(list.chosen())) {
      fact("default", list.why());
    }
    list.aliases()
        .forEach((alias, meant) -> {
          if (meant.equals(line.name())) {
            fact("also called", alias);
          }
        });
  }

  private void fact(String name, String text) {
    setting.say(TerminalText.oneLine("  %-11s  %s".formatted(name, text)));
  }

  private static String tokens(@Nullable Integer tokens) {
    return tokens == null ? "unknown" : String.format(Locale.ROOT, "%,d tokens", tokens);
  }

  private static String prices(@Nullable Price price) {
    if (price == null) {
      return "unknown; a budget in dollars needs it";
    }
    if (price(price).equals(FREE)) {
      return FREE;
    }
    var cached = price.cacheRead();
    return "$%s in%s, $%s out, per million tokens"
        .formatted(
            price.input().toPlainString(),
            cached == null ? "" : " ($" + cached.toPlainString() + " from the cache)",
            price.output().toPlainString());
  }

  private static String abilities(Capacity capacity) {
    return capacity.abilities().isEmpty() ? UNKNOWN : String.join(" ", capacity.abilities());
  }

  private static String window(@Nullable Integer window) {
    return window == null ? UNKNOWN : String.format(Locale.ROOT, "%,d in", window);
  }

  private static String price(@Nullable Price price) {
    if (price == null) {
      return UNKNOWN;
    }
    return price.input().signum() == 0 && price.output().signum() == 0
        ? FREE
        : "$" + price.input().toPlainString() + " / $" + price.output().toPlainString();
  }

  private static String key(KeyState key) {
    return switch (key.kind()) {
      case SET -> "key from " + String.join(", ", key.names());
      case MISSING -> "needs " + String.join(" or ", key.names());
      case NOT_NEEDED -> "no key needed";
    };
  }

  private static void write(JsonGenerator json, ModelList list) throws IOException {
    json.writeStartObject();
    json.writeNumberField("v", 1);
    json.writeStringField("default", list.chosen());
    json.writeStringField("why", list.why());
    json.writeArrayFieldStart("models");
    for (var line : list.models()) {
      write(json, line, list.chosen());
    }
    json.writeEndArray();
    json.writeObjectFieldStart("aliases");
    for (Map.Entry<String, String> alias : list.aliases().entrySet()) {
      json.writeStringField(alias.getKey(), alias.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Line line, @Nullable String chosen)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("model", line.name());
    json.writeBooleanField("default", line.name().equals(chosen));
    var capacity = line.capacity();
    if (capacity.window() != null) {
      json.writeNumberField("window", capacity.window());
    }
    if (capacity.output() != null) {
      json.writeNumberField("output", capacity.output());
    }
    if (line.price() != null) {
      json.writeObjectFieldStart("usd_per_million");
      json.writeNumberField("input", line.price().input());
      json.writeNumberField("output", line.price().output());
      if (line.price().cacheRead() != null) {
        json.writeNumberField("cache_read", line.price().cacheRead());
      }
      json.writeEndObject();
    }
    json.writeStringField("key", line.key().kind().name().toLowerCase(Locale.ROOT));
    writeNames(json, "key_from", line.key().names());
    writeNames(json, "can", capacity.abilities());
    if (!line.where().address().isEmpty()) {
      json.writeStringField("protocol", line.where().protocol());
      json.writeStringField("address", line.where().address());
    }
    json.writeEndObject();
  }

  private static void writeNames(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (var name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }
}
