package mimo.agent.checkpoint;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Memory.Writing;
import mimo.agent.memory.MemoryLayout;
import mimo.engine.EngineException.RedactionFailed;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Redactor;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;

/// The memory of one project in a folder of a test.
public final class MemoryOfTest {

  private MemoryOfTest() {}

  public static Memory in(Path folder, List<String> secrets) {
    var live = new LiveValues(secrets);
    return with(folder, key -> new SecretRedactor(live, key, Rules.ALL));
  }

  /// One in which agents may note nothing.
  static Memory closed(Path folder) {
    return with(folder, _ -> Redactor.NONE, Writing.OFF);
  }

  /// One whose redactor fails.
  public static Memory broken(Path folder) {
    var broken =
        new Redactor() {
          @Override
          public String clean(String text) {
            throw new RedactionFailed("the redactor is broken", null);
          }

          @Override
          public String cleanJson(String json) {
            return clean(json);
          }
        };
    return with(folder, _ -> broken);
  }

  private static Memory with(Path folder, Redaction redaction) {
    return with(folder, redaction, Writing.ON);
  }

  private static Memory with(Path folder, Redaction redaction, Writing writing) {
    return new Memory(
        new MemoryLayout(folder.resolve("memory"), "shop-12345678", null),
        InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z")),
        new Random(3),
        redaction,
        writing);
  }
}
