package mimo.cli;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.config.Configuration;

/// The secrets this process can see: values of the environment whose names say so, and the keys of
/// the configuration (S64, M11).
record Secrets(Map<String, String> environment, Configuration configuration) {

  /// Shorter values recur in ordinary text.
  private static final int SHORTEST = 8;

  private static final Pattern NAMES = Pattern.compile(".*(KEY|TOKEN|SECRET|PASS).*");

  Set<String> values() {
    var values = new LinkedHashSet<String>();
    environment.forEach((name, value) -> {
      if (NAMES.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
        values.add(value);
      }
    });
    configuration.providers().values().stream()
        .map(Configuration.ProviderSection::apiKey)
        .filter(Objects::nonNull)
        .forEach(values::add);
    configuration.keys().values().stream().map(StoredKey::key).forEach(values::add);
    values.removeIf(value -> value.length() < SHORTEST);
    return values;
  }

  /// Not the values.
  @Override
  public String toString() {
    return "Secrets[" + values().size() + "]";
  }
}
