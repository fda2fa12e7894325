package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Folders;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.TestStreams;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A18, D4: what a run notes of groups when it begins.
final class RunModelGroupsTest {

  private static final Map<String, String> ENVIRONMENT = Map.of();

  private @TempDir Path home;

  @Test
  void preferTheProviderOfTheRunsOwnModel() throws IOException {
    var folder = Files.createDirectories(home.resolve(".config/mimocode"));
    Files.writeString(
        folder.resolve("mimocode.jsonc"),
        """
        {"model": "xai/grok-4.3",
         "model_groups": {"lite": {"default": "openai/gpt-5-nano", "models": ["groq/small"]}}}
        """);

    assertEquals(Map.of("lite", "groq/small"), noted("groq/big"));
    assertEquals(Map.of("lite", "openai/gpt-5-nano"), noted("openai/gpt-5"));
    assertEquals(Map.of("lite", "openai/gpt-5-nano"), noted(null));
  }

  private Map<String, String> noted(@Nullable String model) {
    var terminal = new TestStreams().terminal(Channel.PIPE, Channel.PIPE);
    var folders = Folders.of(ENVIRONMENT, home);
    var installation =
        new Installation(
            home.resolve("dist"), Path.of(System.getProperty("java.home")), home, null, null);
    var surroundings =
        new House.Surroundings(
            home,
            ENVIRONMENT,
            HeadStart.of(List.of("doctor"), installation),
            terminal,
            new Notices(terminal, true),
            Admissions.WARY);
    var configured = new ConfigurationFiles(folders, ENVIRONMENT, home).read();
    return new House(surroundings, folders, configured.configuration()).aliases(model);
  }
}
