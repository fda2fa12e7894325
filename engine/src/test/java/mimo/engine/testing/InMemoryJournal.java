package mimo.engine.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import mimo.engine.EngineException;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import mimo.engine.journal.StreamTip;
import org.jspecify.annotations.Nullable;

/// A journal without a disk. It commits in groups on a thread of its own, like the real one, and
/// can lose power: then what was not yet durable is gone, and nothing more is accepted.
/// Thread-safe.
public final class InMemoryJournal implements Journal {

  private final Disk disk;
  private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private final int cut;
  private int records;
  private boolean dead;

  /// What survives a power cut: hand it to the next journal.
  public static final class Disk {
    private final Map<StreamId, List<JournalRecord>> streams = new LinkedHashMap<>();
    private final Set<StreamId> pinned = new HashSet<>();
    private final Map<StreamId, Long> tokens = new HashMap<>();
    private final Map<StreamId, InMemoryLease> owners = new HashMap<>();
    private final List<Posted> posted = new ArrayList<>();
    private final Map<Long, String> outcomes = new HashMap<>();

    /// The records of a stream, as they are right now.
    public synchronized List<JournalRecord> records(StreamId stream) {
      return List.copyOf(streams.getOrDefault(stream, List.of()));
    }

    /// Another disk with the beginning of one stream of this one, up to the first record of that
    /// type.
    public synchronized Disk copyUpTo(StreamId stream, String type) {
      var copy = new Disk();
      var kept = new ArrayList<JournalRecord>();
      for (var record : records(stream)) {
        kept.add(record);
        if (record.type().equals(type)) {
          break;
        }
      }
      copy.streams.put(stream, kept);
      return copy;
    }

    /// Another disk with one stream of this one, but for the records of that type.
    public synchronized Disk copyWithout(StreamId stream, String type) {
      var copy = new Disk();
      var kept = records(stream).stream().filter(record -> !record.type().equals(type)).toList();
      copy.streams.put(stream, new ArrayList<>(kept));
      return copy;
    }
  }

  private sealed interface Work {
    record Append(
        InMemoryLease lease, StreamId stream, List<JournalRecord> records, AppendListener listener)
        implements Work {}

    record Stop() implements Work {}
  }

  private static final class InMemoryLease implements Lease {
    private final Disk disk;
    private final StreamId stream;
    private final long token;
    private final long head;
    private @Nullable EngineException broken;

    InMemoryLease(Disk disk, StreamId stream, long token, long head) {
      this.disk = disk;
      this.stream = stream;
      this.token = token;
      this.head = head;
    }

    @Override
    public StreamId stream() {
      return stream;
    }

    @Override
    public long token() {
      return token;
    }

    @Override
    public long head() {
      return head;
    }

    @Override
    public int setAside() {
      return 0;
    }

    @Override
    public void close() {
      synchronized (disk) {
        disk.owners.remove(stream, this);
      }
    }
  }

  public InMemoryJournal() {
    this(new Disk(), Integer.MAX_VALUE);
  }

  /// A journal on a disk that may hold something already.
  ///
  /// @param cut the number of the record at which the power fails, counted from 1 over this
  ///   journal's life
  public InMemoryJournal(Disk disk, int cut) {
    this.disk = disk;
    this.cut = cut;
    this.writer = Thread.ofVirtual().name("in-memory journal").start(this::write);
  }

  public Disk disk() {
    return disk;
  }

  /// How many records were given to this journal.
  public int appended() {
    synchronized (disk) {
      return records;
    }
  }

  /// Takes the stream away from its owner, as another process could.
  public void steal(StreamId stream) {
    synchronized (disk) {
      disk.tokens.merge(stream, 1L, Long::sum);
    }
  }

  @Override
  public Lease takeOver(StreamId stream) {
    synchronized (disk) {
      disk.owners.remove(stream);
      return acquire(stream);
    }
  }

  @Override
  public Lease acquire(StreamId stream) {
    synchronized (disk) {
      if (dead) {
        throw powerCut();
      }
      if (disk.owners.containsKey(stream)) {
        throw new LeaseRefused("run_live", stream + " is worked on by another journal");
      }
      var token = disk.tokens.merge(stream, 1L, Long::sum);
      var head = disk.streams.getOrDefault(stream, List.of()).size();
      var lease = new InMemoryLease(disk, stream, token, head);
      disk.owners.put(stream, lease);
      return lease;
    }
  }

  @Override
  public void append(
      Lease lease, StreamId stream, List<JournalRecord> appended, AppendListener listener) {
    synchronized (disk) {
      records += appended.size();
      if (records >= cut) {
        dead = true;
      }
      queue.add(new Work.Append((InMemoryLease) lease, stream, List.copyOf(appended), listener));
    }
  }

  private void write() {
    try {
      while (queue.take() instanceof Work.Append append) {
        var refusal = commit(append);
        if (refusal == null) {
          append.listener().durable();
        } else {
          append.listener().failed(refusal);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable EngineException commit(Work.Append append) {
    var lease = append.lease();
    synchronized (disk) {
      if (dead) {
        // Like a dead process it holds no lock any more.
        disk.owners.remove(lease.stream, lease);
        return powerCut();
      }
      var refusal = refusal(lease);
      if (refusal != null) {
        return refusal;
      }
      disk.streams.computeIfAbsent(append.stream, _ -> new ArrayList<>()).addAll(append.records());
      return null;
    }
  }

  private @Nullable EngineException refusal(InMemoryLease lease) {
    if (lease.broken == null && !Long.valueOf(lease.token).equals(disk.tokens.get(lease.stream))) {
      lease.broken = new LeaseRefused("fenced", lease.stream + ": taken over");
    }
    return lease.broken;
  }

  private static StoreFailure powerCut() {
    return new StoreFailure("store_failed", "the power is cut", null);
  }

  @Override
  public List<JournalRecord> read(StreamId stream, long from, int atMost) {
    return disk.records(stream).stream().skip(from - 1).limit(atMost).toList();
  }

  @Override
  public Optional<StreamOutline> outline(StreamId stream) {
    var all = disk.records(stream);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var counts = new HashMap<String, Long>();
    all.forEach(record -> counts.merge(record.type(), 1L, Long::sum));
    return Optional.of(new StreamOutline(stream, all.getFirst(), all.getLast(), counts));
  }

  @Override
  public List<StreamId> streams(String kind) {
    synchronized (disk) {
      return new ArrayList<>(disk.streams.keySet())
          .reversed().stream().filter(stream -> stream.kind().equals(kind)).toList();
    }
  }

  @Override
  public List<StreamTip> endingWith(String kind, String type) {
    synchronized (disk) {
      var tips = new ArrayList<StreamTip>();
      for (var stream : streams(kind)) {
        var records = disk.records(stream);
        if (!records.isEmpty() && records.getLast().type().equals(type)) {
          tips.add(new StreamTip(stream, records.size(), records.getLast()));
        }
      }
      return tips;
    }
  }

  @Override
  public long revision() {
    synchronized (disk) {
      var records = disk.streams.values().stream().mapToLong(List::size).sum();
      return records + disk.posted.size() + disk.outcomes.size();
    }
  }

  @Override
  public void pin(StreamId stream) {
    synchronized (disk) {
      if (disk.streams.containsKey(stream)) {
        disk.pinned.add(stream);
      }
    }
  }

  @Override
  public void unpin(StreamId stream) {
    synchronized (disk) {
      disk.pinned.remove(stream);
    }
  }

  @Override
  public Set<StreamId> pinned() {
    synchronized (disk) {
      return Set.copyOf(disk.pinned);
    }
  }

  @Override
  public void rewrite(List<StreamId> streams, Rewriting rewriting) {
    synchronized (disk) {
      for (var stream : streams) {
        if (disk.owners.containsKey(stream)) {
          throw new LeaseRefused("run_live", stream + " is worked on by another journal");
        }
      }
      for (var stream : streams) {
        disk.streams.computeIfPresent(
            stream, (id, records) -> new ArrayList<>(rewriting.of(id, List.copyOf(records))));
      }
    }
  }

  @Override
  public void erase(List<StreamId> streams, Runnable permit) {
    synchronized (disk) {
      for (var stream : streams) {
        if (disk.owners.containsKey(stream)) {
          throw new LeaseRefused("run_live", stream + " is worked on by another journal");
        }
      }
      permit.run();
      streams.forEach(disk.streams::remove);
      streams.forEach(disk.pinned::remove);
    }
  }

  @Override
  public boolean compact() {
    synchronized (disk) {
      return disk.owners.isEmpty();
    }
  }

  @Override
  public long bytes() {
    synchronized (disk) {
      return disk.streams.values().stream()
          .flatMap(List::stream)
          .mapToLong(record -> record.body().length())
          .sum();
    }
  }

  @Override
  public boolean owned(StreamId stream) {
    synchronized (disk) {
      return disk.owners.containsKey(stream);
    }
  }

  @Override
  public long post(StreamId stream, String body) {
    synchronized (disk) {
      if (dead) {
        throw powerCut();
      }
      if (!disk.streams.containsKey(stream)) {
        throw new IllegalArgumentException(stream + " does not exist, so nobody can be asked");
      }
      disk.posted.add(new Posted(disk.posted.size() + 1L, stream, body));
      return disk.posted.size();
    }
  }

  @Override
  public List<Posted> postedAfter(long id) {
    synchronized (disk) {
      return disk.posted.stream()
          .filter(posted -> posted.id() > id && isOpen(posted))
          .limit(EngineLimits.CONTROL_PAGE)
          .toList();
    }
  }

  @Override
  public List<Posted> posted(StreamId stream) {
    synchronized (disk) {
      return disk.posted.stream()
          .filter(posted -> posted.stream().equals(stream) && isOpen(posted))
          .toList();
    }
  }

  private boolean isOpen(Posted posted) {
    return !disk.outcomes.containsKey(posted.id());
  }

  @Override
  public void answer(Lease lease, long id, String outcome) {
    synchronized (disk) {
      if (dead) {
        throw powerCut();
      }
      var refusal = refusal((InMemoryLease) lease);
      if (refusal != null) {
        throw refusal;
      }
      disk.outcomes.putIfAbsent(id, outcome);
    }
  }

  @Override
  public Optional<String> answered(long id) {
    synchronized (disk) {
      return Optional.ofNullable(disk.outcomes.get(id));
    }
  }

  @Override
  public void close() {
    queue.add(new Work.Stop());
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
