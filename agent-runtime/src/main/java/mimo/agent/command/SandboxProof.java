package mimo.agent.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.engine.CancellationToken;

/// Proves a confinement by trying what it must refuse: a write outside the workspace, a look into
/// the home, and a connection (A62). Leaves nothing behind.
public final class SandboxProof {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Says of each attempt whether it succeeded; the last word shows that all were made.
  private static final String ATTEMPTS =
      """
      (: > "$1") 2>/dev/null && echo written
      [ -e "$2" ] && echo seen
      (exec 3<>"/dev/tcp/127.0.0.1/$3") 2>/dev/null && echo connected
      (: > proof) 2>/dev/null && rm -f proof && echo working
      echo done
      """;

  private final Path bash;
  private final Path workspace;
  private final Path outside;
  private final Path inHome;

  /// @param outside a folder the user may write to and a sandbox may not
  /// @param inHome something that is in the user's home
  public SandboxProof(Path bash, Path workspace, Path outside, Path inHome) {
    this.bash = bash;
    this.workspace = workspace;
    this.outside = outside;
    this.inHome = inHome;
  }

  /// What the walls let through, or why they do not stand; empty if they hold.
  public List<String> faults(Commands commands) throws IOException, InterruptedException {
    var target = outside.resolve("sandbox-proof");
    Files.deleteIfExists(target);
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var sink = new HeadAndTail();
      var port = Integer.toString(server.getLocalPort());
      var argv =
          List.of(
              bash.toString(),
              "--noprofile",
              "--norc",
              "-c",
              ATTEMPTS,
              "proof",
              target.toString(),
              inHome.toString(),
              port);
      var order = new CommandOrder(argv, workspace, Network.NONE, Access.WRITABLE);
      var end = commands.run(order, sink, PATIENCE, CancellationToken.never());
      return faults(end, sink.text(), target);
    } finally {
      Files.deleteIfExists(target);
    }
  }

  private List<String> faults(CommandEnd end, String said, Path target) {
    var words = said.lines().toList();
    if (!end.equals(new CommandEnd.Exited(0)) || !words.contains("done")) {
      var why = end instanceof CommandEnd.NotStarted(var reason) ? reason : end.toString();
      return List.of(why + (said.isBlank() ? "" : ": " + said.strip()));
    }
    var faults = new ArrayList<String>();
    if (words.contains("written") && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      faults.add("a write outside the workspace succeeded");
    }
    if (words.contains("seen")) {
      faults.add("the home folder can be read");
    }
    if (words.contains("connected")) {
      faults.add("a connection was made");
    }
    if (!words.contains("working")) {
      faults.add("the workspace cannot be written to");
    }
    return faults;
  }
}
