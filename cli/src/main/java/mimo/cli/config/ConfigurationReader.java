package mimo.cli.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mimo.agent.hook.HookSettings;
import mimo.cli.config.ConfigKey.Presence;
import mimo.cli.config.ConfigKey.Setter;
import mimo.cli.config.ConfigSource.Origin;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import org.jspecify.annotations.Nullable;

/// Turns the text of one configuration into a [Layer], or says where it is wrong. Confined to one
/// thread.
final class ConfigurationReader {

  /// `{env:NAME}` in a string stands for a variable, so that files need not hold keys.
  private static final Pattern VARIABLE = Pattern.compile("\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Origin origin;
  private final String text;
  private final Map<String, String> environment;
  private final List<ConfigEntry> entries = new ArrayList<>();
  private final List<Ignored> ignored = new ArrayList<>();

  private ConfigurationReader(Origin origin, String text, Map<String, String> environment) {
    this.origin = origin;
    this.text = Secrecy.masked(text);
    this.environment = environment;
  }

  /// @param file what messages call it
  static Layer read(Origin origin, String file, String text, Map<String, String> environment) {
    var reader = new ConfigurationReader(origin, text, environment);
    reader.section(List.of(), JsoncReader.read(file, text));
    return new Layer(reader.entries, reader.ignored);
  }

  private void section(List<String> path, ConfigNode.Section section) {
    for (var member : section.members()) {
      member(below(path, member.name()), member);
    }
    if (section.members().isEmpty() && !path.isEmpty() && origin != Origin.REPOSITORY) {
      entries.add(new ConfigEntry(path, new ValueKind.Empty(), "{}", source(section, List.of())));
    }
    var missing =
        ConfigKeys.ALL.stream()
            .filter(key -> key.presence() == Presence.REQUIRED)
            .filter(key -> ConfigKey.matches(key.path().subList(0, key.path().size() - 1), path))
            .map(key -> key.path().getLast())
            .filter(name -> section.members().stream().noneMatch(it -> it.name().equals(name)))
            .toList();
    if (!missing.isEmpty()) {
      throw wrong(
          section,
          "'" + ConfigEntry.name(path) + "' needs " + String.join(" and ", missing) + " too");
    }
  }

  private void member(List<String> path, ConfigNode.Member member) {
    var keys = ConfigKeys.ALL.stream().filter(key -> key.isBelow(path)).toList();
    if (keys.isEmpty()) {
      notImplemented(path, member);
      return;
    }
    var parent = path.subList(0, path.size() - 1);
    if (ConfigKeys.namesAreFixed(parent) && !ConfigKeys.namesIn(parent).contains(member.name())) {
      throw unknown(path, member);
    }
    var key = keys.getFirst();
    boolean deeper = keys.stream().anyMatch(other -> other.path().size() > path.size());
    if (key.isAt(path) && deeper && member.value() instanceof ConfigNode.Section section) {
      section(path, section);
    } else if (key.isAt(path)) {
      if (member.name().isBlank()) {
        throw wrong(member.value(), "'" + ConfigEntry.name(parent) + "' has a key without a name");
      }
      leaf(path, key, member);
    } else if (!(member.value() instanceof ConfigNode.Section section)) {
      throw wrongKind(path, member.value(), "an object");
    } else {
      section(path, section);
    }
  }

  private void notImplemented(List<String> path, ConfigNode.Member member) {
    if (!ConfigKeys.isNotYet(path)) {
      throw unknown(path, member);
    }
    ignore(path, member.value(), Ignored.Reason.NOT_YET);
  }

  private void leaf(List<String> path, ConfigKey key, ConfigNode.Member member) {
    var value = member.value();
    if (key.kind() instanceof ValueKind.Hooks(var event)) {
      hooks(path, key, event, value);
      return;
    }
    var variables = new ArrayList<String>();
    var entry =
        switch (key.kind()) {
          case ValueKind.Text(), ValueKind.Secret() -> text(path, value);
          case ValueKind.Choice(var words) -> choice(path, value, words);
          case ValueKind.Shaped shaped -> shaped(path, value, shaped);
          case ValueKind.Time() -> time(path, value);
          case ValueKind.Whole whole -> whole(path, value, whole);
          case ValueKind.Dollars() -> dollars(path, value);
          case ValueKind.Words() -> words(path, value);
          case ValueKind.Flag() -> flag(path, value);
          case ValueKind.Hooks _, ValueKind.Empty() ->
              throw new IllegalStateException("no value of this kind is one word");
        };
    if (origin == Origin.REPOSITORY && key.setter() == Setter.USER_ONLY) {
      ignore(path, value, Ignored.Reason.NOT_FOR_REPOSITORIES);
    } else if (origin == Origin.REPOSITORY && VARIABLE.matcher(entry).find()) {
      ignore(path, value, Ignored.Reason.VARIABLE_IN_REPOSITORY);
    } else {
      var resolved = resolved(entry, value, variables);
      entries.add(new ConfigEntry(path, key.kind(), resolved, source(value, variables)));
    }
  }

  /// What a repository says here counts only once it is trusted, and is read then (A57).
  private void hooks(List<String> path, ConfigKey key, String event, ConfigNode value) {
    if (!(value instanceof ConfigNode.Items)) {
      throw wrongKind(path, value, "a list of hooks");
    }
    var list = NodeJson.text(value);
    try {
      HookSettings.read(event, list, ConfiguredHooks.origin(value.position().file()));
    } catch (IllegalArgumentException wrong) {
      throw wrong(value, String.valueOf(wrong.getMessage()));
    }
    if (origin != Origin.REPOSITORY) {
      entries.add(new ConfigEntry(path, key.kind(), list, source(value, List.of())));
    }
  }

  private String resolved(String written, ConfigNode node, List<String> variables) {
    return VARIABLE
        .matcher(written)
        .replaceAll(match -> {
          var value = environment.get(match.group(1));
          if (value == null) {
            throw wrong(node, "the variable " + match.group(1) + " is not set");
          }
          variables.add(match.group(1));
          return Matcher.quoteReplacement(value);
        });
  }

  private String text(List<String> path, ConfigNode node) {
    if (!(node instanceof ConfigNode.Text(var value, var position))) {
      throw wrongKind(path, node, "a string");
    }
    return value;
  }

  private String choice(List<String> path, ConfigNode node, List<String> words) {
    var word = text(path, node);
    if (!words.contains(word)) {
      var wanted = "'" + ConfigEntry.name(path) + "' is one of " + String.join(", ", words);
      throw wrong(node, wanted + "; found '" + word + "'");
    }
    return word;
  }

  private String shaped(List<String> path, ConfigNode node, ValueKind.Shaped kind) {
    var text = text(path, node);
    if (!text.matches(kind.shape())) {
      throw wrong(
          node, "'" + ConfigEntry.name(path) + "' is " + kind.wanted() + "; found '" + text + "'");
    }
    return text;
  }

  private String time(List<String> path, ConfigNode node) {
    var text = shaped(path, node, new ValueKind.Shaped(Span.SHAPE, Span.WANTED));
    if (Span.parse(text).isEmpty()) {
      throw wrong(
          node, "'" + ConfigEntry.name(path) + "' is " + Span.WANTED + "; found '" + text + "'");
    }
    return text;
  }

  private String whole(List<String> path, ConfigNode node, ValueKind.Whole range) {
    var wanted = "a whole number from " + range.least() + " to " + range.most();
    if (!(node instanceof ConfigNode.Digits(var digits, var position))) {
      throw wrongKind(path, node, wanted);
    }
    var number = new BigDecimal(digits);
    if (number.compareTo(BigDecimal.valueOf(range.least())) < 0
        || number.compareTo(BigDecimal.valueOf(range.most())) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw wrong(node, "'" + ConfigEntry.name(path) + "' is " + wanted + "; found " + digits);
    }
    return String.valueOf(number.intValueExact());
  }

  private String words(List<String> path, ConfigNode node) {
    var wanted = "a list of strings that are not empty";
    if (!(node instanceof ConfigNode.Items(var items, _)) || items.isEmpty()) {
      throw wrongKind(path, node, wanted);
    }
    var words = new ArrayList<String>();
    for (var item : items) {
      if (!(item instanceof ConfigNode.Text(var word, _)) || word.isEmpty()) {
        throw wrongKind(path, item, wanted);
      }
      words.add(word.replace(ValueKind.Words.BETWEEN, ""));
    }
    return String.join(ValueKind.Words.BETWEEN, words);
  }

  private String flag(List<String> path, ConfigNode node) {
    if (!(node instanceof ConfigNode.Flag(var value, _))) {
      throw wrongKind(path, node, "true or false");
    }
    return String.valueOf(value);
  }

  private String dollars(List<String> path, ConfigNode node) {
    if (node instanceof ConfigNode.Digits(var digits, var position)
        && new BigDecimal(digits).signum() >= 0) {
      return digits;
    }
    throw wrongKind(path, node, "a number that is not negative");
  }

  private void ignore(List<String> path, ConfigNode node, Ignored.Reason reason) {
    ignored.add(new Ignored(ConfigEntry.name(path), source(node, List.of()), reason));
  }

  private ConfigSource source(ConfigNode node, List<String> variables) {
    return new ConfigSource(origin, node.position(), variables);
  }

  private static List<String> below(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  private CommandException unknown(List<String> path, ConfigNode.Member member) {
    var parent = path.subList(0, path.size() - 1);
    var where = parent.isEmpty() ? "" : " in '" + ConfigEntry.name(parent) + "'";
    return CommandException.at(
        member.position(),
        "config_invalid",
        "unknown key '"
            + member.name()
            + "'"
            + where
            + Nearest.hint(member.name(), ConfigKeys.namesIn(parent)),
        text);
  }

  private CommandException wrongKind(List<String> path, ConfigNode node, String wanted) {
    return wrong(
        node, "'" + ConfigEntry.name(path) + "' is " + wanted + "; found " + node.kindWord());
  }

  private CommandException wrong(@Nullable ConfigNode node, String message) {
    return CommandException.at(
        java.util.Objects.requireNonNull(node).position(), "config_invalid", message, text);
  }
}
