package mimo.agent.command;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.engine.testing.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnconfinedTest {

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  @TempDir Path folder;

  @Test
  void whatIsToDieWithWhoeverStartedItIsNotLeftBehind() throws Exception {
    assumeTrue(Files.isExecutable(SETPRIV), "setpriv is not installed");
    assumeTrue(Files.isExecutable(SETSID), "setsid is not installed");
    var order =
        new CommandOrder(List.of("/bin/sleep", "300"), folder, Network.OPEN, Access.WRITABLE);
    var argv = new Unconfined(SETSID, SETPRIV).prepare(order).argv();
    Process process;
    try (var starter = new ProcessStarter()) {
      process = starter.start(argv, folder, Map.of(), ProcessStarter.Streams.OUTPUT_ALONE);
      var name = Path.of("/proc", Long.toString(process.pid()), "comm");
      Patience.until(() -> Files.readString(name).strip().equals("sleep"));
    }

    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it still runs");
    } finally {
      process.destroyForcibly();
    }
  }
}
