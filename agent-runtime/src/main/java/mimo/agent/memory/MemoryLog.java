package mimo.agent.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.memory.MemoryLog.Known;
import org.jspecify.annotations.Nullable;

/// What mimo knows of one file of the memory: each write of its own, whose entries they were, and
/// how the file looked after the last ones (M3, M21). It holds hashes and origins; only the
/// versions hold text, and that is redacted.
///
/// @param records the earliest first
/// @param entries by id
record MemoryLog(List<Written> records, Map<String, Known> entries) {

  private static final String LOG = "log.jsonl";
  private static final String VERSION = ".md";

  MemoryLog {
    records = List.copyOf(records);
    entries = Map.copyOf(entries);
  }

  /// One write.
  ///
  /// @param number counted from 1
  /// @param by what was done: `append`, `edit`, `forget`, `scrub`, `approve`, or the proposal that
  ///   was accepted; `user` for a change by hand that the next write found
  /// @param hash of the file afterwards
  record Written(int number, Instant at, String by, String hash) {}

  /// An entry mimo wrote.
  ///
  /// @param text the digest of what it said then
  record Known(Provenance provenance, String text) {

    static Known of(Provenance provenance, String text) {
      return new Known(provenance, Digest.of(normal(text)).substring(0, 32));
    }

    boolean says(String other) {
      return Digest.of(normal(other)).substring(0, 32).equals(text);
    }

    private static String normal(String text) {
      return text.strip().replaceAll("\\s+", " ");
    }
  }

  static MemoryLog read(Path folder) throws IOException {
    var file = folder.resolve(LOG);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return new MemoryLog(List.of(), Map.of());
    }
    var records = new ArrayList<Written>();
    var entries = new HashMap<String, Known>();
    for (var line : Files.readString(file).split("\n", -1)) {
      parse(line)
          .ifPresent(json -> {
            records.add(written(json));
            json.path("entries")
                .forEach(entry -> {
                  var known = known(entry);
                  entries.put(known.provenance().id(), known);
                });
          });
    }
    return new MemoryLog(records, entries);
  }

  /// A line that was torn by a power cut says nothing.
  private static Optional<JsonNode> parse(String line) {
    try {
      return line.isBlank() ? Optional.empty() : Optional.of(Json.parse(line));
    } catch (IllegalArgumentException torn) {
      return Optional.empty();
    }
  }

  private static Written written(JsonNode json) {
    return new Written(
        json.path("n").asInt(),
        Instant.parse(json.path("at").asText("1970-01-01T00:00:00Z")),
        json.path("by").asText(),
        json.path("hash").asText());
  }

  private static Known known(JsonNode entry) {
    var provenance =
        new Provenance(
            entry.path("id").asText(),
            Source.of(entry.path("source").asText()),
            entry.path("session").asText(),
            entry.path("turn").asInt(),
            entry.hasNonNull("was") ? Source.of(entry.path("was").asText()) : null);
    return new Known(provenance, entry.path("text").asText());
  }

  /// The last write; empty if there was none.
  Optional<Written> last() {
    return records.isEmpty() ? Optional.empty() : Optional.of(records.getLast());
  }

  /// What a writer has to know: the last write, and how long the log is.
  ///
  /// @param last null if there was none
  record Tip(@Nullable Written last, int lines) {
    int next() {
      return last == null ? 1 : last.number() + 1;
    }

    boolean isHash(String hash) {
      return last != null && last.hash().equals(hash);
    }
  }

  /// Reads no more than that.
  static Tip tip(Path folder) throws IOException {
    var file = folder.resolve(LOG);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return new Tip(null, 0);
    }
    var lines = Files.readAllLines(file);
    for (int i = lines.size() - 1; i >= 0; i--) {
      var json = parse(lines.get(i));
      if (json.isPresent()) {
        return new Tip(written(json.get()), lines.size());
      }
    }
    return new Tip(null, lines.size());
  }

  /// Adds a line. Durable when this returns, so that no entry is in a file before it is known.
  static void append(Path folder, Written written, List<Known> entries) throws IOException {
    Files.createDirectories(folder, DurableFile.privately("rwx------"));
    var options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            NOFOLLOW_LINKS);
    var rights = DurableFile.privately("rw-------");
    try (var channel = FileChannel.open(folder.resolve(LOG), options, rights)) {
      // First a line feed: the line before may have been torn.
      var bytes = ("\n" + line(written, entries)).getBytes(StandardCharsets.UTF_8);
      for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(false);
    }
  }

  private static String line(Written written, List<Known> entries) {
    var json =
        Json.object()
            .put("n", written.number())
            .put("at", written.at().toString())
            .put("by", written.by())
            .put("hash", written.hash());
    if (!entries.isEmpty()) {
      var array = json.putArray("entries");
      for (var entry : entries) {
        var provenance = entry.provenance();
        var object = array.addObject().put("id", provenance.id());
        object.put("source", provenance.source().word());
        var was = provenance.was();
        if (was != null) {
          object.put("was", was.word());
        }
        if (!provenance.session().isEmpty()) {
          object.put("session", provenance.session()).put("turn", provenance.turn());
        }
        object.put("text", entry.text());
      }
    }
    return Json.write(json);
  }

  /// Writes the log anew with the last records and the entries that are still needed.
  void compact(Path folder, Predicate<String> needed) throws IOException {
    var kept =
        entries.values().stream().filter(known -> needed.test(known.provenance().id())).toList();
    var recent =
        records.subList(Math.max(0, records.size() - AgentLimits.MEMORY_VERSIONS), records.size());
    var text = new StringBuilder();
    for (int i = 0; i < recent.size(); i++) {
      text.append(line(recent.get(i), i == 0 ? kept : List.of())).append('\n');
    }
    DurableFile.overwrite(folder.resolve(LOG), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Keeps how a file looked after a write, and no more than the last ones.
  static void keep(Path folder, int number, String redacted) throws IOException {
    Files.createDirectories(folder, DurableFile.privately("rwx------"));
    DurableFile.overwriteSoon(
        folder.resolve(number + VERSION), redacted.getBytes(StandardCharsets.UTF_8));
    Files.deleteIfExists(folder.resolve((number - AgentLimits.MEMORY_VERSIONS) + VERSION));
  }

  /// How it looked; empty if that is not kept any more.
  static Optional<String> version(Path folder, int number) throws IOException {
    var file = folder.resolve(number + VERSION);
    return Files.isRegularFile(file, NOFOLLOW_LINKS)
        ? Optional.of(Files.readString(file))
        : Optional.empty();
  }

  /// The numbers of the versions that are kept, in order.
  static List<Integer> versions(Path folder) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("\\d{1,9}\\.md"))
          .map(name -> Integer.valueOf(name.substring(0, name.length() - VERSION.length())))
          .sorted()
          .toList();
    }
  }

  /// Writes each kept version anew.
  static void rewrite(Path folder, UnaryOperator<String> change) throws IOException {
    for (var number : versions(folder)) {
      var file = folder.resolve(number + VERSION);
      var before = Files.readString(file);
      var after = change.apply(before);
      if (!after.equals(before)) {
        DurableFile.overwrite(file, after.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
