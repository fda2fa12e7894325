package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Assumptions;

/// A workspace and a home for one test, and the commands that run there.
final class Sandboxes implements AutoCloseable {

  static final Path BASH = Path.of("/bin/bash");
  static final Path BWRAP = Path.of("/usr/bin/bwrap");

  final Path root;
  final Path home;
  final Path workspace;
  final Path data;
  final MountPoints points;
  private SandboxLayout layout;

  Sandboxes(Path folder) throws IOException {
    root = folder.toRealPath();
    home = Files.createDirectories(root.resolve("home"));
    workspace = Files.createDirectories(home.resolve("project"));
    data = Files.createDirectories(home.resolve("data"));
    points = new MountPoints(data.resolve("points"));
    layout = new SandboxLayout(workspace, home, List.of(data), List.of(), List.of(), Network.NONE);
  }

  void guard(String... names) {
    var guarded = List.of(names).stream().map(Path::of).toList();
    layout =
        new SandboxLayout(
            workspace, home, layout.hidden(), layout.readable(), guarded, layout.network());
  }

  /// Skips the test where there are no walls to be tested.
  Bubblewrap walls() throws InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(BWRAP), "bubblewrap is not installed");
    var walls = new Bubblewrap(BWRAP, layout, points, data.resolve("scratch"));
    var fault = walls.fault();
    Assumptions.assumeTrue(fault.isEmpty(), "bubblewrap does not work here: " + fault);
    return walls;
  }

  Commands confined() throws InterruptedException {
    return new Commands(walls(), environment(), 2);
  }

  Commands plain() {
    return new Commands(new Unconfined(Path.of("/usr/bin/setsid")), environment(), 2);
  }

  ChildEnvironment environment() {
    var own = Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString());
    return ChildEnvironment.of(own, List.of(), Set.of(), List.of());
  }

  CommandOrder order(String script) {
    return order(script, Network.NONE, Access.WRITABLE);
  }

  CommandOrder order(String script, Network network, Access access) {
    var argv = List.of(BASH.toString(), "--noprofile", "--norc", "-c", script);
    return new CommandOrder(argv, workspace, network, access);
  }

  CommandOrder orderIn(Path folder, String script) {
    return new CommandOrder(order(script).argv(), folder, Network.NONE, Access.WRITABLE);
  }

  /// What a script says and how it ends, as one text.
  String run(Commands commands, String script) throws InterruptedException {
    return run(commands, order(script));
  }

  String run(Commands commands, CommandOrder order) throws InterruptedException {
    var sink = new HeadAndTail();
    var end = commands.run(order, sink, Duration.ofSeconds(30), CancellationToken.never());
    return sink.text() + (end.equals(new CommandEnd.Exited(0)) ? "" : end);
  }

  @Override
  public void close() {
    // JUnit removes the folder.
  }
}
