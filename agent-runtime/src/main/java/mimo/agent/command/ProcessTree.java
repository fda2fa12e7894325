package mimo.agent.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.agent.command.Confinement.Bond;

/// A started command with all its descendants, and how they are ended. Thread-safe.
///
/// Within a PID namespace the kernel ends them all with the first. Elsewhere they are looked for:
/// by descent, by their process group, and by a variable that all of them inherit, which also finds
/// those that left both. A process that cleans its own variables is not found (A44).
final class ProcessTree {

  /// The variable that marks the processes of one command.
  static final String MARK = "MIMO_COMMAND";

  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(1);

  private final Process root;
  private final Bond bond;
  private final String mark;

  ProcessTree(Process root, Bond bond, String mark) {
    this.root = root;
    this.bond = bond;
    this.mark = mark;
  }

  /// Asks all of them to end, and leaves them time to do so.
  void terminate() {
    var below = root.descendants().toList();
    if (bond == Bond.NAMESPACE && !below.isEmpty()) {
      // The namespace's own processes stay: without them the rest would have no time at all.
      below.forEach(ProcessHandle::destroy);
      return;
    }
    signalGroup("TERM");
    others().forEach(ProcessHandle::destroy);
    root.destroy();
  }

  /// Ends all of them.
  void kill() {
    var below = root.descendants().toList();
    root.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    if (bond == Bond.GROUP) {
      signalGroup("KILL");
      others().forEach(ProcessHandle::destroyForcibly);
    }
  }

  /// Whether anything outlived the first process.
  boolean hasOthers() {
    return bond == Bond.GROUP && !others().isEmpty();
  }

  /// Ends what outlived the first process: a command leaves nothing running (A44).
  void endOthers(Duration grace) throws InterruptedException {
    var gone = others().stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    terminate();
    try {
      CompletableFuture.allOf(gone).get(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException notAll) {
      kill();
    }
  }

  private Set<ProcessHandle> others() {
    var found = new LinkedHashSet<>(root.descendants().toList());
    if (bond == Bond.GROUP) {
      found.addAll(marked());
    }
    found.remove(root.toHandle());
    return found;
  }

  private Set<ProcessHandle> marked() {
    var found = new LinkedHashSet<ProcessHandle>();
    var wanted = MARK + "=" + mark;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (var entry : all) {
        if (variables(entry).contains(wanted)) {
          ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException noSuchFolder) {
      // Only Linux tells; elsewhere descent and group have to do.
    }
    return found;
  }

  private static List<String> variables(Path process) {
    try {
      var text = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
      return List.of(text.split("\0", -1));
    } catch (IOException goneOrNotOurs) {
      return List.of();
    }
  }

  /// The group bears the number of the process that `setsid` became.
  private void signalGroup(String signal) {
    var kill = "kill -s \"$1\" -- \"-$2\" 2>/dev/null";
    try {
      var sent =
          new ProcessBuilder("/bin/sh", "-c", kill, "kill", signal, Long.toString(root.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!sent.waitFor(SIGNAL_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        sent.destroyForcibly();
      }
    } catch (IOException noShell) {
      // Descent and mark have to do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
