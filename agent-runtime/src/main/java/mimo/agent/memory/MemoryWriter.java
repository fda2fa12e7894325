package mimo.agent.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.memory.MemoryLog.Written;
import org.jspecify.annotations.Nullable;

/// The one way in which files of the memory change (M5 to M8). Thread-safe.
///
/// A change is made of what a file says now, written beside it, and swapped with it in one step.
/// What comes out of its place is looked at afterwards: if that is not what the change was made of,
/// somebody wrote in between, and his words and the change are merged. So nobody's are lost.
final class MemoryWriter {

  /// For so long a file must stay the same to be taken for finished.
  private static final long CALM_NANOS = 10_000_000;

  private final MemoryLayout layout;
  private final InstantSource clock;
  private final UnaryOperator<String> cleaning;
  private volatile @Nullable Exchange exchange;

  /// @param cleaning redacts what versions keep
  MemoryWriter(MemoryLayout layout, InstantSource clock, UnaryOperator<String> cleaning) {
    this.layout = layout;
    this.clock = clock;
    this.cleaning = cleaning;
  }

  /// What became of a change.
  ///
  /// @param changed false if there was nothing to do
  record Outcome(boolean changed, String text) {}

  private record Kept(int number, String text) {}

  /// Makes a change, or fails and leaves the file as it was.
  Outcome write(MemoryPlace place, Change change) throws InterruptedException {
    return write(place, change, null);
  }

  /// The same.
  ///
  /// @param versions what becomes of each version that is kept, of the earlier ones before the file
  ///   changes, so that whoever fails can try again; null if they stay
  Outcome write(MemoryPlace place, Change change, @Nullable UnaryOperator<String> versions)
      throws InterruptedException {
    try {
      Files.createDirectories(layout.folder(), DurableFile.privately("rwx------"));
      return lock()
          .holding(() -> {
            var folder = layout.logOf(place);
            if (versions != null) {
              MemoryLog.rewrite(folder, versions);
            }
            var writing = new Writing(place, change);
            var outcome = writing.run();
            // Before anybody else writes: else what is taken out of all versions comes back with
            // them.
            for (var version : writing.versions) {
              var text = cleaning.apply(version.text());
              var kept = versions == null ? text : versions.apply(text);
              MemoryLog.keep(folder, version.number(), kept);
            }
            return outcome;
          });
    } catch (IOException unwritable) {
      throw MemoryException.failed(place.name() + " cannot be written", unwritable);
    }
  }

  /// Makes something else of every version that is kept, also of files that are gone.
  ///
  /// @param but the folders whose versions stay
  void rewriteVersions(UnaryOperator<String> change, List<Path> but) throws InterruptedException {
    var all = layout.folder().resolve(".log");
    try {
      var _ =
          alone(() -> {
            try (Stream<Path> folders = Files.walk(all)) {
              for (var folder :
                  folders.filter(path -> Files.isDirectory(path, NOFOLLOW_LINKS)).toList()) {
                if (!but.contains(folder)) {
                  MemoryLog.rewrite(folder, change);
                }
              }
            }
            return all;
          });
    } catch (IOException unwritable) {
      throw MemoryException.failed("the versions in " + all + " cannot be written", unwritable);
    }
  }

  /// Does something while nobody writes.
  <T> T alone(MemoryLock.Work<T> work) throws IOException, InterruptedException {
    Files.createDirectories(layout.folder(), DurableFile.privately("rwx------"));
    return lock().holding(work);
  }

  private MemoryLock lock() throws IOException {
    return MemoryLock.of(layout.lock());
  }

  /// One change of one file, round by round. Confined to the thread that holds the lock.
  private final class Writing {
    private final MemoryPlace place;
    private final Change change;
    private final DurableFile file;
    private final List<Kept> versions = new ArrayList<>();

    /// What came out of the file's place and is somebody else's.
    private final List<byte[]> displaced = new ArrayList<>();

    /// What earlier writers left of that and did not merge.
    private final List<byte[]> orphans = new ArrayList<>();

    /// What should be in the file now; nothing if there is none.
    private Optional<byte[]> there = Optional.empty();

    /// What the file said before.
    private String basis = "";

    /// What it is to say.
    private String target = "";

    Writing(MemoryPlace place, Change change) {
      this.place = place;
      this.change = change;
      this.file = new DurableFile(place.file());
    }

    Outcome run() throws IOException {
      orphans.addAll(file.orphans());
      displaced.addAll(orphans);
      look();
      for (int round = 0; round < AgentLimits.MEMORY_ROUNDS; round++) {
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        boolean changes = !Arrays.equals(bytes, there.orElseGet(() -> new byte[0]));
        if (!changes || put(bytes)) {
          for (var left : displaced) {
            file.dropOrphan(left);
          }
          return new Outcome(changes, target);
        }
      }
      throw MemoryException.busy(place.name());
    }

    private void look() throws IOException {
      there = file.bytes();
      if (there.isPresent() && !isOurs(there.get())) {
        awaitCalm();
      }
      basis = there.map(file::text).orElse("");
      for (var left : orphans) {
        basis = TextMerge.union(file.text(left), basis);
      }
      target = change.make().apply(basis);
    }

    private boolean isOurs(byte[] bytes) throws IOException {
      return MemoryLog.tip(layout.logOf(place)).isHash(Digest.of(bytes));
    }

    /// Some editors empty a file and write it anew: half of it is nobody's words.
    private void awaitCalm() throws IOException {
      for (int look = 0; look < AgentLimits.MEMORY_ROUNDS; look++) {
        LockSupport.parkNanos(CALM_NANOS);
        var again = file.bytes();
        if (again.isPresent() && Arrays.equals(again.get(), there.orElseThrow())) {
          return;
        }
        there = again.isPresent() ? again : there;
      }
    }

    /// Whether nobody came in between; else the next round has his words too.
    private boolean put(byte[] bytes) throws IOException {
      // First of all: nobody finds a file of a session without it.
      layout.markSession(place);
      log(target);
      if (there.isEmpty()) {
        boolean made = file.create(bytes);
        if (!made) {
          look();
        }
        return made;
      }
      byte[] expected = there.get();
      try {
        var replaced = file.replace(expected, bytes, exchange());
        if (replaced.found().isEmpty()) {
          file.dropKept(expected, bytes);
          return true;
        }
        var others = replaced.found().get();
        if (replaced.placed()) {
          displaced.add(others);
          basis = file.text(others);
          there = Optional.of(bytes);
        } else {
          there = Optional.of(others);
          awaitCalm();
          basis = file.text(there.get());
        }
        target = TextMerge.merge(file.text(expected), basis, target);
      } catch (NoSuchFileException removed) {
        look();
      }
      return false;
    }

    /// Says what is about to be written, and what somebody else has written since the last time.
    private void log(String after) throws IOException {
      var folder = layout.logOf(place);
      var tip = MemoryLog.tip(folder);
      if (tip.lines() > AgentLimits.MEMORY_LOG_LINES) {
        MemoryLog.read(folder).compact(folder, names(place, basis, target)::contains);
      }
      versions.clear();
      int number = tip.next();
      var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      if (!basis.isEmpty() && !tip.isHash(Digest.of(basis))) {
        MemoryLog.append(folder, new Written(number, at, "user", Digest.of(basis)), List.of());
        versions.add(new Kept(number++, basis));
      }
      var written = new Written(number, at, change.by(), Digest.of(after));
      MemoryLog.append(folder, written, change.entries());
      versions.add(new Kept(number, after));
    }
  }

  /// By what the log may be asked for the entries of these texts: ids that they claim, and names of
  /// what claims none. What redaction makes of a text has another name.
  private Set<String> names(MemoryPlace place, String... texts) {
    var names = new HashSet<String>();
    for (var text : texts) {
      for (var form : List.of(text, cleaning.apply(text))) {
        for (var block : MarkdownText.of(form).blocks()) {
          names.add(Memory.nameOf(place, block));
          Provenance.claimed(block.raw()).ifPresent(names::add);
        }
      }
    }
    return names;
  }

  private Exchange exchange() {
    var known = exchange;
    if (known == null) {
      known = Exchange.ofThisSystem();
      exchange = known;
    }
    return known;
  }
}
