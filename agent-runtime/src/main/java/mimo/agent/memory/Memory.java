package mimo.agent.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import mimo.agent.AgentLimits;
import mimo.agent.memory.MarkdownText.Block;
import mimo.agent.memory.MarkdownText.Kind;
import mimo.engine.redaction.Placeholders;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Redactor;
import mimo.engine.redaction.WordRemoval;
import org.jspecify.annotations.Nullable;

/// What is remembered: files that people read and write, and mimo with them (SV2). Thread-safe;
/// several processes may have one each.
public final class Memory {

  private static final String KEY = "key";

  /// As long as nothing was written.
  private static final String NO_KEY = "00";

  /// Shorter texts recur by chance.
  private static final int SHORTEST_SECRET = 8;

  private final MemoryLayout layout;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Redaction redaction;
  private final Writing writing;
  private final MemoryWriter writer;
  private volatile @Nullable Keyed keyed;

  /// Whether agents may add to it (M9).
  public enum Writing {
    ON,
    OFF
  }

  /// A version of a file.
  ///
  /// @param number counted from 1; 0 for the file as it is now
  /// @param by what made it
  public record Version(int number, Instant at, String by) {}

  /// A line in which something looks like a secret (M14).
  public record Suspicion(MemoryPlace place, int line, String redacted) {}

  /// @param random for ids; a strong source in production
  /// @param redaction with the rules for text that is kept
  public Memory(
      MemoryLayout layout,
      InstantSource clock,
      RandomGenerator random,
      Redaction redaction,
      Writing writing) {
    this.layout = layout;
    this.clock = clock;
    this.random = random;
    this.redaction = redaction;
    this.writing = writing;
    this.writer = new MemoryWriter(layout, clock, this::clean);
  }

  public MemoryLayout layout() {
    return layout;
  }

  public Writing writing() {
    return writing;
  }

  /// A text as it may be shown to models and kept.
  public String clean(String text) {
    return redactor().clean(text);
  }

  /// A text as files keep it that only mimo writes: nothing in it is a secret, or passes for a
  /// comment of mimo's (M3, M10).
  public String kept(String text) {
    return Provenance.defused(clean(text));
  }

  /// Made once for a key: it is costly, and each file is cleaned.
  private Redactor redactor() {
    var file = layout.folder().resolve(".log").resolve(KEY);
    try {
      var key = Files.isRegularFile(file) ? Files.readString(file).strip() : NO_KEY;
      var last = keyed;
      if (last == null || !last.key().equals(key)) {
        last = new Keyed(key, redaction.forRun(key));
        keyed = last;
      }
      return last.redactor();
    } catch (IOException unreadable) {
      throw MemoryException.failed("the key of placeholders cannot be read", unreadable);
    }
  }

  private record Keyed(String key, Redactor redactor) {}

  /// Placeholders of this installation are no other's (M12).
  private void makeKey() throws InterruptedException {
    var folder = layout.folder().resolve(".log");
    var file = folder.resolve(KEY);
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(layout.folder(), DurableFile.privately("rwx------"));
      writer.alone(() -> {
        Files.createDirectories(folder, DurableFile.privately("rwx------"));
        if (!Files.exists(file)) {
          var key = new byte[16];
          random.nextBytes(key);
          DurableFile.overwrite(file, (HexFormat.of().formatHex(key) + "\n").getBytes(UTF_8));
        }
        return file;
      });
    } catch (IOException unwritable) {
      throw MemoryException.failed("the memory's folder cannot be written", unwritable);
    }
  }

  /// What a file says, byte for byte; empty if it does not exist.
  public Optional<String> raw(MemoryPlace place) {
    var file = new DurableFile(place.file());
    try {
      return file.bytes().map(file::text);
    } catch (IOException unreadable) {
      throw MemoryException.failed(place.name() + " cannot be read", unreadable);
    }
  }

  /// The same without secrets; empty if it does not exist.
  public Optional<String> text(MemoryPlace place) {
    return raw(place).map(this::clean);
  }

  /// Everything remembered in a file, without secrets, in its order.
  public List<MemoryEntry> entries(MemoryPlace place) {
    return text(place).map(text -> entries(place, text)).orElse(List.of());
  }

  List<MemoryEntry> entries(MemoryPlace place, String text) {
    var log = log(place);
    var entries = new ArrayList<MemoryEntry>();
    for (var block : MarkdownText.of(text).blocks()) {
      if (block.kind() == Kind.ENTRY && !block.text().isEmpty()) {
        entries.add(entry(place, block, log));
      }
    }
    return List.copyOf(entries);
  }

  private static MemoryEntry entry(MemoryPlace place, Block block, MemoryLog log) {
    var text = block.text();
    var known = Provenance.claimed(block.raw()).map(log.entries()::get);
    var provenance =
        known
            .map(entry ->
                entry.says(text)
                    ? entry.provenance()
                    // Somebody has changed it since: it is his now.
                    : new Provenance(entry.provenance().id(), Source.UNVERIFIED, "", 0))
            .orElseGet(() -> unmarked(place, block, log));
    int last = block.first() + block.lines() - 1;
    return new MemoryEntry(place, block.path(), text, provenance, block.first(), last);
  }

  /// What bears no mark is named by what it says. The log knows it if the user wrote it through
  /// mimo (M3).
  private static Provenance unmarked(MemoryPlace place, Block block, MemoryLog log) {
    var id = nameOf(place, block);
    var known = log.entries().get(id);
    return known == null ? new Provenance(id, Source.UNVERIFIED, "", 0) : known.provenance();
  }

  static String nameOf(MemoryPlace place, Block block) {
    var digest = Digest.of(place.name() + "\n" + block.path() + "\n" + block.text());
    return "h" + digest.substring(0, 8);
  }

  private MemoryLog log(MemoryPlace place) {
    try {
      return MemoryLog.read(layout.logOf(place));
    } catch (IOException unreadable) {
      throw MemoryException.failed("the log of " + place.name() + " cannot be read", unreadable);
    }
  }

  /// The one entry whose id begins with `prefix`.
  ///
  /// @throws MemoryException `memory_unknown` or `memory_ambiguous`
  public MemoryEntry find(String prefix, List<MemoryPlace> among) {
    var found = new ArrayList<MemoryEntry>();
    for (var place : among) {
      entries(place).stream().filter(entry -> entry.id().startsWith(prefix)).forEach(found::add);
    }
    if (found.isEmpty() || prefix.length() < 2) {
      throw MemoryException.unknown("no entry's id begins with '" + prefix + "'");
    }
    if (found.stream().map(MemoryEntry::id).distinct().count() > 1) {
      throw MemoryException.ambiguous(
          "'%s' is one of %s; type more of its id"
              .formatted(
                  prefix,
                  String.join(", ", found.stream().map(MemoryEntry::id).distinct().toList())));
    }
    return found.getFirst();
  }

  /// Adds something an agent wants remembered.
  ///
  /// @param heading of the section; empty for the end of the file
  /// @param session in which it is said
  /// @throws MemoryException `memory_off` if the user wants no such thing
  public MemoryEntry append(
      MemoryPlace place, String heading, String text, Source source, Said session)
      throws InterruptedException {
    if (writing == Writing.OFF && !place.isCheckpoint()) {
      throw MemoryException.off();
    }
    makeKey();
    var clean = Provenance.defused(clean(text.strip()));
    var provenance = new Provenance(newId(), source, session.session(), session.turn());
    var outcome = writer.write(place, Change.append(heading, clean, provenance));
    return entries(place, clean(outcome.text())).stream()
        .filter(entry -> entry.id().equals(provenance.id()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("what was written is not there"));
  }

  /// Writes the state of a session anew. What somebody changed in its file since it was read stays
  /// (M7), and a file that cannot be written stays as it was (M13).
  ///
  /// @param base what the file said then, byte for byte; empty if there was none
  /// @return what it says now
  public String keepCheckpoint(MemoryPlace place, String base, String text)
      throws InterruptedException {
    makeKey();
    var clean = kept(text);
    return writeCheckpoint(place, now -> TextMerge.merge(base, now, clean));
  }

  /// Adds to a file of what had no room in the state of a session. What is there already is not
  /// added again.
  public void spill(MemoryPlace place, String text) throws InterruptedException {
    makeKey();
    var clean = kept(text).strip();
    var _ =
        writeCheckpoint(
            place,
            now -> now.contains(clean) ? now : (now.strip() + "\n\n" + clean).strip() + "\n");
  }

  private String writeCheckpoint(MemoryPlace place, UnaryOperator<String> make)
      throws InterruptedException {
    if (!place.isCheckpoint()) {
      throw new IllegalArgumentException(place.name() + " is no checkpoint");
    }
    return writer.write(place, new Change("checkpoint", List.of(), make)).text();
  }

  /// Takes entries out that have found their place elsewhere (K7). Earlier versions keep them.
  ///
  /// @param texts what they say there, by their ids; one that says something else by now stays
  public void route(MemoryPlace place, Map<String, String> texts) throws InterruptedException {
    if (!texts.isEmpty()) {
      var _ = writer.write(place, Change.routed(block -> isRouted(block, texts)));
    }
  }

  private boolean isRouted(Block block, Map<String, String> texts) {
    var text = Provenance.claimed(block.raw()).map(texts::get);
    return text.isPresent()
        && MarkdownText.of(clean(block.raw())).blocks().getFirst().text().equals(text.get());
  }

  /// When something is said.
  ///
  /// @param session its id; empty for none
  /// @param turn counted from 1; 0 if none
  public record Said(String session, int turn) {
    public static final Said NOWHERE = new Said("", 0);
  }

  String newId() {
    return "m" + HexFormat.of().toHexDigits(random.nextInt());
  }

  /// Changes entries as somebody wants who has seen them.
  public Revisions revisions() {
    return new Revisions(this);
  }

  /// The way in which files change, once there is a key for what they keep.
  MemoryWriter writer() throws InterruptedException {
    makeKey();
    return writer;
  }

  /// Files that only mimo writes, kept beside those of the memory.
  ///
  /// @param name of their folder
  public OwnFiles own(String name) {
    return new OwnFiles(this, layout.folder().resolve("." + name));
  }

  /// Takes over what the user made of a file in an editor, together with what came in meanwhile.
  ///
  /// @param base what was in the editor at first
  /// @return what the file says now
  public String edit(MemoryPlace place, String base, String edited) throws InterruptedException {
    makeKey();
    var before = MarkdownText.of(base).blocks().stream().map(Block::raw).toList();
    var known = new ArrayList<MemoryLog.Known>();
    for (var block : MarkdownText.of(edited).blocks()) {
      if (block.kind() == Kind.ENTRY
          && !before.contains(block.raw())
          && Provenance.claimed(block.raw()).isEmpty()) {
        var provenance = new Provenance(nameOf(place, block), Source.USER, "", 0);
        known.add(MemoryLog.Known.of(provenance, block.text()));
      }
    }
    return writer.write(place, Change.edited(base, edited, known)).text();
  }

  /// Takes an entry out of its file and of all versions that are kept of it (M21). Its bytes in
  /// other places are the caller's to remove.
  ///
  /// @return what of its text has to go elsewhere too
  public String forget(MemoryEntry entry) throws InterruptedException {
    var place = entry.place();
    var raw = raw(place).orElse("");
    var log = log(place);
    for (var block : MarkdownText.of(raw).blocks()) {
      if (block.kind() == Kind.ENTRY
          && entry(place, block, log).text().equals(entryText(raw, entry))) {
        var change = Change.forget(entry.id(), List.of(block.text(), entry.text()));
        var outcome = writer.write(place, change, change.make());
        // Somebody's own words, written in the same moment, stay.
        if (!outcome.changed() || !change.make().apply(outcome.text()).equals(outcome.text())) {
          throw MemoryException.unknown(
              "the entry " + entry.id() + " was changed in this moment; list the entries again");
        }
        return block.text();
      }
    }
    throw MemoryException.unknown("the entry " + entry.id() + " is gone already");
  }

  /// The entry's text before it was redacted.
  private static String entryText(String raw, MemoryEntry entry) {
    return MarkdownText.of(raw).blocks().stream()
        .filter(block -> block.first() == entry.first())
        .map(Block::text)
        .findFirst()
        .orElse(entry.text());
  }

  /// Redacts a file and its versions for good (M14).
  ///
  /// @param words what else has to go
  /// @return whether the file changed
  public boolean scrub(MemoryPlace place, List<String> words) throws InterruptedException {
    makeKey();
    UnaryOperator<String> clean = text -> removed(clean(text), words);
    return writer.write(place, Change.scrubbed(clean), clean).changed();
  }

  private static String removed(String text, List<String> words) {
    var rest = text;
    for (var word : words) {
      rest = rest.replace(word, WordRemoval.REMOVED);
    }
    return rest;
  }

  /// Lines in which somebody wrote what looks like a secret.
  public List<Suspicion> suspicions(MemoryPlace place) {
    var raw = raw(place).orElse("").split("\n", -1);
    var clean = text(place).orElse("").split("\n", -1);
    var found = new ArrayList<Suspicion>();
    for (int i = 0; i < Math.min(raw.length, clean.length); i++) {
      if (!raw[i].equals(clean[i])) {
        found.add(new Suspicion(place, i + 1, clean[i].strip()));
      }
    }
    return List.copyOf(found);
  }

  /// The texts themselves that look like secrets in a file, for whoever takes them out elsewhere.
  public List<String> secrets(MemoryPlace place) {
    var raw = raw(place).orElse("").split("\n", -1);
    var clean = text(place).orElse("").split("\n", -1);
    var secrets = new ArrayList<String>();
    for (int i = 0; i < Math.min(raw.length, clean.length); i++) {
      if (!raw[i].equals(clean[i])) {
        // One line may hold several, and what stands between them is none.
        var hidden = Placeholders.hidden(clean[i], raw[i]);
        secrets.addAll(hidden.isEmpty() ? List.of(difference(raw[i], clean[i])) : hidden);
      }
    }
    secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    return List.copyOf(secrets);
  }

  /// The part of a line that another one has otherwise.
  private static String difference(String line, String other) {
    int head = 0;
    int shorter = Math.min(line.length(), other.length());
    while (head < shorter && line.charAt(head) == other.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && line.charAt(line.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
      tail++;
    }
    return line.substring(head, line.length() - tail);
  }

  /// The versions of a file that are kept, the earliest first; last the file as it is, if somebody
  /// changed it since.
  public List<Version> versions(MemoryPlace place) {
    try {
      var kept = MemoryLog.versions(layout.logOf(place));
      var log = log(place);
      var versions = new ArrayList<Version>();
      for (var record : log.records()) {
        if (kept.contains(record.number())) {
          versions.add(new Version(record.number(), record.at(), record.by()));
        }
      }
      var raw = raw(place);
      var last = log.last().map(MemoryLog.Written::hash).orElse("");
      if (raw.isPresent() && !last.equals(Digest.of(raw.get()))) {
        var modified = Files.getLastModifiedTime(place.file()).toInstant();
        versions.add(new Version(0, modified, "user"));
      }
      int skip = Math.max(0, versions.size() - AgentLimits.MEMORY_VERSIONS);
      return List.copyOf(versions.subList(skip, versions.size()));
    } catch (IOException unreadable) {
      throw MemoryException.failed(
          "the versions of " + place.name() + " cannot be read", unreadable);
    }
  }

  /// What a version says.
  ///
  /// @param number 0 for the file as it is
  public String version(MemoryPlace place, int number) {
    if (number == 0) {
      return text(place).orElse("");
    }
    try {
      return MemoryLog.version(layout.logOf(place), number)
          .orElseThrow(() ->
              MemoryException.unknown("no version " + number + " of " + place.name() + " is kept"));
    } catch (IOException unreadable) {
      throw MemoryException.failed(
          "version " + number + " of " + place.name() + " cannot be read", unreadable);
    }
  }

  /// What a session is told at its start; empty if nothing is remembered.
  public Optional<MemoryDigest> digest() {
    if (!layout.hasDigest()) {
      return Optional.empty();
    }
    return MemoryDigest.of(entries(layout.global()), entries(layout.ofProject()));
  }

  public Instant now() {
    return clock.instant();
  }
}
