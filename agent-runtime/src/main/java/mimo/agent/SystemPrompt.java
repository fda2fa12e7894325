package mimo.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/// What every model is told first. Equal for all agents of a workspace and free of dates, so that
/// providers can keep it cached (A31).
public final class SystemPrompt {

  private static final String RESOURCE = "system.md";

  private SystemPrompt() {}

  /// The words for agents of a workspace.
  public static String in(Path workspace) {
    try (var stream = SystemPrompt.class.getResourceAsStream(RESOURCE)) {
      var text = Objects.requireNonNull(stream, RESOURCE).readAllBytes();
      return new String(text, StandardCharsets.UTF_8).replace("{root}", workspace.toString());
    } catch (IOException broken) {
      throw new UncheckedIOException("the installation is damaged: " + RESOURCE, broken);
    }
  }
}
