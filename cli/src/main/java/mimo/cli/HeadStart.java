package mimo.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mimo.engine.journal.sqlite.SqliteLibrary;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxException;
import mimo.sandbox.SandboxProcess;
import org.jspecify.annotations.Nullable;

/// What a run waits for longest, begun before the command line is even parsed: the script's worker,
/// and the store's native library. Confined to the command's thread.
final class HeadStart implements AutoCloseable {

  private final Installation installation;
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private @Nullable Sandbox waiting;

  private HeadStart(Installation installation) {
    this.installation = installation;
  }

  /// Begins if these words look like those of a run. It is a guess: what they mean is found out
  /// later, and a worker nobody takes is closed.
  static HeadStart of(List<String> words, Installation installation) {
    var start = new HeadStart(installation);
    if (willRun(words)) {
      start.begin();
    } else if (willTalk(words)) {
      warmStore();
    }
    return start;
  }

  /// What all of it is started from.
  Installation installation() {
    return installation;
  }

  static boolean willRun(List<String> words) {
    if (words.size() < 2 || words.contains("--help") || words.contains("-h")) {
      return false;
    }
    if (words.contains("--watch")) {
      // Whoever watches starts other processes for the runs.
      return false;
    }
    return words.getFirst().equals("compose")
        || (words.getFirst().equals("runs") && words.get(1).equals("resume"));
  }

  /// Words that talk to an agent need the store, but no worker.
  static boolean willTalk(List<String> words) {
    return words.size() > 1
        && List.of("run", "-p").contains(words.getFirst())
        && !words.contains("--help")
        && !words.contains("-h");
  }

  private static void warmStore() {
    Thread.ofPlatform().daemon().name("warm-store").start(SqliteLibrary::warm);
  }

  private void begin() {
    try {
      waiting = SandboxProcess.spawn(installation.worker());
    } catch (SandboxException | UncheckedIOException unavailable) {
      // Told by the spawn that the run itself will try.
      waiting = null;
    }
    warmStore();
  }

  /// The worker that is on its way, or else a new one; the caller closes it.
  Sandbox worker() {
    var taken = waiting;
    waiting = null;
    return taken != null ? taken : SandboxProcess.spawn(installation.worker());
  }

  /// Has something done at the process's end, such as the end of programs it has started.
  void atTheEnd(Runnable ending) {
    endings.add(ending);
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
    if (waiting != null) {
      waiting.close();
    }
  }
}
