package mimo.cli.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program as this build made it, started as a user starts it, with a home of its own.
///
/// @param home an empty folder: all of mimo's data goes there
/// @param folder the working folder
/// @param configuration the text of the user's configuration
public record BuiltMimo(Path home, Path folder, String configuration) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 120;

  /// How a command ended.
  public record Ended(int exit, String out, String err) {

    /// The one object of `--json`.
    public JsonNode json() {
      return parse(out);
    }

    /// The lines of `stream-json`.
    public List<JsonNode> lines() {
      return out.lines().map(BuiltMimo::parse).toList();
    }
  }

  /// Starts `mimo` with these words.
  public Running start(String... words) {
    try {
      Files.createDirectories(home);
      var out = Files.createTempFile(home, "out", ".txt");
      var err = Files.createTempFile(home, "err", ".txt");
      var command = new ArrayList<String>();
      command.add(launcher().toString());
      command.addAll(List.of(words));
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.endsWith("_API_KEY"));
      builder.environment().put("MIMOCODE_HOME", home.toString());
      builder.environment().put("MIMOCODE_CONFIG_CONTENT", configuration);
      return new Running(builder.start(), out, err);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Runs `mimo` with these words to its end.
  public Ended run(String... words) throws InterruptedException {
    return start(words).await();
  }

  /// The launcher at the top of the repository; the tests run in the folder of their room.
  public static Path launcher() {
    return Path.of("").toAbsolutePath().resolveSibling("mimo");
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException failure) {
      throw new UncheckedIOException("no JSON: " + line, failure);
    }
  }

  /// A `mimo` at work.
  public record Running(Process process, Path out, Path err) {

    public Ended await() throws InterruptedException {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end after " + PATIENCE_SECONDS + " s: " + text(err));
      }
      return new Ended(process.exitValue(), text(out), text(err));
    }

    /// Kills the process as `kill -9` does, and nothing but it.
    ///
    /// @return its descendants, which must not outlive it
    public List<ProcessHandle> killAlone() throws InterruptedException {
      var descendants = process.descendants().toList();
      process.destroyForcibly().waitFor();
      return descendants;
    }

    private static String text(Path file) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
