package mimo.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// A command that bubblewrap will start. Thread-safe.
final class SandboxedCommand implements Confinement.Prepared {

  /// The user's own folder for temporary files is not there.
  private static final Map<String, String> VARIABLES = Map.of("TMPDIR", "/tmp");

  private final List<String> argv;
  private final Path report;
  private final KeptLinks links;
  private final List<MountPoints.Held> points;
  private final AtomicBoolean closed = new AtomicBoolean();

  SandboxedCommand(List<String> argv, Path report, KeptLinks links, List<MountPoints.Held> points) {
    this.argv = List.copyOf(argv);
    this.report = report;
    this.links = links;
    this.points = List.copyOf(points);
  }

  @Override
  public List<String> argv() {
    return argv;
  }

  @Override
  public Map<String, String> environment() {
    return VARIABLES;
  }

  @Override
  public Confinement.Bond bond() {
    return Confinement.Bond.NAMESPACE;
  }

  @Override
  public Path report() {
    return report;
  }

  @Override
  public String settle() {
    return links.restore();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // The repository lies in the workspace, or elsewhere: its own points go first.
    points.reversed().forEach(MountPoints.Held::close);
    try {
      Files.deleteIfExists(report);
    } catch (IOException leftBehind) {
      // It goes with the session's folder.
    }
  }
}
