package mimo.cli.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One value that a source gives to one key.
///
/// @param path the names from the top of the configuration down
/// @param value the text or the digits of it
public record ConfigEntry(List<String> path, ValueKind kind, String value, ConfigSource source) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$-]+");

  private static final Pattern USER_IN_URL = Pattern.compile("(?<=://)[^/?#]*@");

  public ConfigEntry {
    path = List.copyOf(path);
  }

  /// A number that counts where nobody says another.
  public static ConfigEntry builtIn(String key, int number) {
    return new ConfigEntry(
        ConfigKeys.path(key),
        new ValueKind.Whole(number),
        String.valueOf(number),
        ConfigSource.builtIn());
  }

  /// A provider's key that a variable holds; its value is not taken along.
  public static ConfigEntry keyFrom(String provider, String variable) {
    return new ConfigEntry(
        List.of("provider", provider, "options", "apiKey"),
        new ValueKind.Secret(),
        "",
        ConfigSource.variable(variable));
  }

  /// The key as people write it: names joined by dots, quoted where they hold other characters.
  public String name() {
    return name(path);
  }

  static String name(List<String> path) {
    return path.stream()
        .map(name -> PLAIN.matcher(name).matches() ? name : '"' + name + '"')
        .collect(Collectors.joining("."));
  }

  /// Whether `key` names this value or an object it lies in.
  public boolean isIn(String key) {
    return isIn(key, name()) || isIn(key, String.join(".", path));
  }

  private static boolean isIn(String key, String name) {
    return name.equals(key) || name.startsWith(key + ".");
  }

  /// The value for anybody's eyes: no key, no password in an address, nothing out of a variable.
  public String shown() {
    return switch (kind) {
      case ValueKind.Secret() -> "(set)";
      case ValueKind.Text(), ValueKind.Choice(var _) ->
          source.variables().isEmpty()
              ? USER_IN_URL.matcher(value).replaceAll("***@")
              : "(from " + String.join(", ", source.variables()) + ")";
      case ValueKind.Words() ->
          source.variables().isEmpty()
              ? value.replace(ValueKind.Words.BETWEEN, " ")
              : "(from " + String.join(", ", source.variables()) + ")";
      case ValueKind.Whole(int _, int _),
          ValueKind.Shaped _,
          ValueKind.Time(),
          ValueKind.Dollars(),
          ValueKind.Hooks(var _),
          ValueKind.Empty(),
          ValueKind.Flag() ->
          value;
    };
  }

  /// Without the value, which may be a key.
  @Override
  public String toString() {
    return name() + " = " + shown() + " (" + source.text() + ")";
  }
}
