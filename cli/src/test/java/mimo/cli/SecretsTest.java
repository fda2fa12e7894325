package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.config.Configuration;
import org.junit.jupiter.api.Test;

/// S64, M11: what must reach no durable byte.
final class SecretsTest {

  @Test
  void areKeysOfTheEnvironmentAndStoredOnesButNothingShort() {
    var configuration =
        Configuration.EMPTY.withKeys(
            Map.of("lab", new StoredKey("stored-key-1", null), "own", new StoredKey("k", null)));
    var secrets =
        new Secrets(
            Map.of("LAB_API_KEY", "variable-key-1", "HOME", "/home/somebody"),
            configuration,
            List.of());

    assertEquals(Set.of("variable-key-1", "stored-key-1"), secrets.values());
    assertFalse(configuration.toString().contains("stored-key-1"), configuration.toString());
  }
}
