package mimo.agent.memory;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import mimo.agent.memory.Memory.Writing;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;

/// Makes the memory of one project in a folder of a test.
final class MemoryFolder {

  static final String PROJECT = "shop-12345678";
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private MemoryFolder() {}

  static Memory in(Path folder) {
    return in(folder, List.of(), Writing.ON);
  }

  static Memory in(Path folder, List<String> secrets, Writing writing) {
    var live = new LiveValues(secrets);
    return new Memory(
        new MemoryLayout(folder.resolve("memory"), PROJECT, null),
        InstantSource.fixed(NOW),
        new Random(),
        key -> new SecretRedactor(live, key, Rules.ALL),
        writing);
  }
}
