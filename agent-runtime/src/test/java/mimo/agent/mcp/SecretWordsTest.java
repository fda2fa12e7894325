package mimo.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import mimo.agent.command.CommandOrder.Network;
import org.junit.jupiter.api.Test;

/// S64: keys that stand in a command are shown nowhere.
final class SecretWordsTest {

  private static String shown(String... command) {
    return new McpSettings.Local(List.of(command), Map.of(), null, Network.NONE).words();
  }

  @Test
  void areWhatFollowsAnOptionThatIsNamedLikeOne() {
    assertEquals(
        "srv --api-key … --port 80", shown("srv", "--api-key", "hunter22", "--port", "80"));
    assertEquals("srv --token --verbose", shown("srv", "--token", "--verbose"));
    assertEquals("srv --password=…", shown("srv", "--password=hunter22"));
    assertEquals(
        "docker run -e API_KEY=… img", shown("docker", "run", "-e", "API_KEY=hunter22", "img"));
    assertEquals(
        "npx mcp-remote https://a.test --header Authorization: Bearer …",
        shown("npx", "mcp-remote", "https://a.test", "--header", "Authorization: Bearer hunter22"));
  }

  @Test
  void areWhatLooksLikeAKeyByItself() {
    assertEquals("srv …", shown("srv", "sk-ant-0123456789abcdef"));
    assertEquals("srv …", shown("srv", "ghp_0123456789abcdef"));
    assertEquals("srv postgres://…@db/x", shown("srv", "postgres://me:hunter22@db/x"));
  }

  @Test
  void areNotOrdinaryWords() {
    assertEquals(
        "npx -y @scope/server-memory@1.2 --port 80 /home/me/a.js",
        shown("npx", "-y", "@scope/server-memory@1.2", "--port", "80", "/home/me/a.js"));
    assertEquals(
        "srv --auth-mode interactive --key /home/me/key.pem",
        shown("srv", "--auth-mode", "interactive", "--key", "/home/me/key.pem"));
  }

  @Test
  void areTakenOutOfEverythingThatIsKept() {
    assertEquals(
        List.of("hunter22", "other-one", "ghp_0123456789abcdef"),
        SecretWords.of(
            List.of(
                "srv", "--api-key", "hunter22", "-e", "TOKEN=other-one", "ghp_0123456789abcdef")));
  }
}
