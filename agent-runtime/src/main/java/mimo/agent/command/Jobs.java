package mimo.agent.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;

/// The commands a session has put in the background, by id (A44). Thread-safe; they end with the
/// session.
public final class Jobs {

  /// One of them.
  ///
  /// @param id as the model was told
  /// @param command as the model wrote it
  public record Job(String id, String command, RunningCommand running) {}

  private final Commands commands;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private int last;

  /// @param commands what runs them; closing it ends them
  public Jobs(Commands commands) {
    this.commands = commands;
  }

  /// Starts a job.
  ///
  /// @return nothing if too many run
  /// @throws IOException if it cannot be started within its walls
  Optional<Job> start(String command, CommandOrder order, OutputSink sink)
      throws IOException, InterruptedException {
    lock.lock();
    try {
      if (running().size() >= AgentLimits.BACKGROUND_JOBS) {
        return Optional.empty();
      }
      forgetOldest();
      var job = new Job("job-" + ++last, command, commands.start(order, sink));
      jobs.put(job.id(), job);
      return Optional.of(job);
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    var ended = jobs.values().stream().filter(job -> job.running().end() != null).toList();
    int over = jobs.size() + 1 - AgentLimits.REMEMBERED_JOBS;
    ended.stream().limit(Math.max(0, over)).forEach(job -> jobs.remove(job.id()));
  }

  public Optional<Job> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(jobs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// Those that still run, oldest first.
  public List<Job> running() {
    lock.lock();
    try {
      return new ArrayList<>(jobs.values())
          .stream().filter(job -> job.running().end() == null).toList();
    } finally {
      lock.unlock();
    }
  }
}
