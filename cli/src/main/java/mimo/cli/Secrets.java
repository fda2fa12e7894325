package mimo.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import mimo.agent.mcp.SecretWords;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.config.Configuration;
import mimo.cli.config.McpSection;

/// The secrets this process can see: values of the environment whose names say so, and the keys of
/// the configuration, those of MCP servers included (S64, M11).
record Secrets(
    Map<String, String> environment, Configuration configuration, List<McpSection> servers) {

  /// Shorter values recur in ordinary text.
  private static final int SHORTEST = 8;

  private static final Pattern NAMES =
      Pattern.compile(".*(KEY|TOKEN|SECRET|PASS|AUTHORIZATION|COOKIE).*");

  Set<String> values() {
    var values = new LinkedHashSet<String>();
    addNamed(environment, values);
    configuration.providers().values().stream()
        .map(Configuration.ProviderSection::apiKey)
        .filter(Objects::nonNull)
        .forEach(values::add);
    for (var server : servers) {
      addNamed(server.environment(), values);
      addNamed(server.headers(), values);
      values.addAll(SecretWords.of(server.command()));
      var url = server.url();
      if (url != null) {
        values.addAll(SecretWords.of(List.of(url)));
      }
    }
    configuration.keys().values().stream().map(StoredKey::key).forEach(values::add);
    values.removeIf(value -> value.length() < SHORTEST);
    return values;
  }

  /// Those whose names say that they are secret. A header may say first of which kind its secret
  /// is, such as `Bearer`.
  private static void addNamed(Map<String, String> named, Set<String> values) {
    named.forEach((name, value) -> {
      if (NAMES.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
        values.add(value);
        values.add(value.substring(value.lastIndexOf(' ') + 1));
      }
    });
  }

  /// Not the values.
  @Override
  public String toString() {
    return "Secrets[" + values().size() + "]";
  }
}
