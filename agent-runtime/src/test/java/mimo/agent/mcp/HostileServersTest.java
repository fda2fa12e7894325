package mimo.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Thirty things a server can do to an agent, and what comes of each (T16, S34, S58).
@TestInstance(Lifecycle.PER_CLASS)
final class HostileServersTest {

  @TempDir static Path folder;
  private int passed;

  record Behaviour(String name, Check check) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Check {
    void run() throws Exception;
  }

  List<Behaviour> behaviours() {
    var all = new ArrayList<>(new HostileWords(folder).behaviours());
    all.addAll(new HostileManners(folder).behaviours());
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("behaviours")
  void aServerDoesNoHarm(Behaviour behaviour) throws Exception {
    behaviour.check().run();
    passed++;
  }

  @AfterAll
  void tell() {
    assertEquals(30, behaviours().size());
    System.out.printf("T16: %d/%d%n", passed, behaviours().size());
  }
}
