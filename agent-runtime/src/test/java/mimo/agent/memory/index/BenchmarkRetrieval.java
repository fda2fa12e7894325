package mimo.agent.memory.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mimo.agent.memory.index.Document.Content;
import mimo.agent.memory.index.Document.Section;
import mimo.agent.memory.index.Document.Stamp;
import mimo.agent.memory.index.RetrievalSet.Asked;
import mimo.agent.memory.index.RetrievalSet.Text;

/// Measures how often the texts that answer a question are among the first that are found: by a
/// plain full-text search (`unicode61`, every word of the question, `bm25`) and by ours, over the
/// same texts. With a file of texts and questions as its argument it measures that, else an
/// invented history. A program, not a test.
final class BenchmarkRetrieval {

  private static final long SEED = 11;
  private static final List<Integer> DEPTHS = List.of(1, 5, 10);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, Recall> plain = new TreeMap<>();
  private final Map<String, Recall> ours = new TreeMap<>();
  private final List<Double> millis = new ArrayList<>();

  /// Sums of shares of evidence found, by depth.
  private static final class Recall {
    private final Map<Integer, Double> found = new HashMap<>();
    private int questions;

    void add(List<String> evidence, List<String> results) {
      questions++;
      for (int depth : DEPTHS) {
        var first = results.subList(0, Math.min(depth, results.size()));
        double share = evidence.stream().filter(first::contains).count() / (double) evidence.size();
        found.merge(depth, share, Double::sum);
      }
    }

    String line() {
      return DEPTHS.stream()
          .map(depth ->
              String.format(Locale.ROOT, "%6.1f", 100 * found.getOrDefault(depth, 0.0) / questions))
          .collect(Collectors.joining());
    }

    double at(int depth) {
      return found.getOrDefault(depth, 0.0) / questions;
    }
  }

  private BenchmarkRetrieval() {}

  /// Prints its figures.
  public static void main(String[] arguments) throws Exception {
    var set =
        arguments.length > 0
            ? RetrievalSet.read(Path.of(arguments[0]))
            : InventedHistory.make(SEED, 7, 30);
    var all = measure(set);
    System.out.println("kind          questions   plain @1   @5   @10     ours @1   @5   @10");
    all.plain.forEach((kind, recall) ->
        System.out.printf(
            Locale.ROOT,
            "%-12s %10d   %s      %s%n",
            kind,
            recall.questions,
            recall.line(),
            recall(all.ours, kind).line()));
    all.millis.sort(Comparator.naturalOrder());
    System.out.printf(
        Locale.ROOT,
        "%d texts; search p50 %.1f ms, p95 %.1f ms%n",
        set.texts().values().stream().mapToInt(List::size).sum(),
        all.millis.get(all.millis.size() / 2),
        all.millis.get(all.millis.size() * 95 / 100));
  }

  static BenchmarkRetrieval measure(RetrievalSet set) throws IOException, SQLException {
    var benchmark = new BenchmarkRetrieval();
    for (var collection : set.texts().entrySet()) {
      var questions =
          set.questions().stream()
              .filter(asked -> asked.collection().equals(collection.getKey()))
              .filter(asked -> !asked.evidence().isEmpty())
              .toList();
      benchmark.measure(collection.getValue(), questions);
    }
    return benchmark;
  }

  /// The shares of evidence among the first `depth` results: plain, and ours.
  Map<String, Double> at(int depth) {
    return Map.of("plain", recall(plain, "all").at(depth), "ours", recall(ours, "all").at(depth));
  }

  private void measure(List<Text> texts, List<Asked> questions) throws IOException, SQLException {
    var folder = Files.createTempDirectory("retrieval");
    var file = folder.resolve("index.db");
    var groups = new LinkedHashMap<String, List<Text>>();
    texts.forEach(text -> groups.computeIfAbsent(text.group(), _ -> new ArrayList<>()).add(text));
    var documents = new ArrayList<Document>();
    var among = new HashMap<String, Double>();
    groups.forEach((group, members) -> {
      documents.add(document(group, members));
      among.put(group, 1.0);
    });
    try (var index = new MemoryIndex(file)) {
      var _ = index.update(documents, NOW);
      for (var asked : questions) {
        long start = System.nanoTime();
        var hits = index.search(new Question(asked.words(), among, NOW, 10));
        millis.add((System.nanoTime() - start) / 1e6);
        add(ours, asked, hits.stream().map(hit -> id(groups, hit)).toList());
      }
    }
    try (var tables = Tables.open(new IndexFile(file))) {
      var names = new HashMap<Long, String>();
      tables.documents().forEach(row -> names.put(row.id(), row.name()));
      var places = tables.places();
      for (var asked : questions) {
        var ids = new ArrayList<String>();
        for (long section : tables.best(plainMatch(asked.words()), 10)) {
          var place = Objects.requireNonNull(places.get(section));
          var group = Objects.requireNonNull(groups.get(names.get(place.document())));
          ids.add(group.get(place.ordinal()).id());
        }
        add(plain, asked, ids);
      }
    }
    try (var files = Files.list(folder)) {
      for (var each : files.toList()) {
        Files.deleteIfExists(each);
      }
    }
    Files.deleteIfExists(folder);
  }

  private static void add(Map<String, Recall> recalls, Asked asked, List<String> results) {
    recalls.computeIfAbsent(asked.kind(), _ -> new Recall()).add(asked.evidence(), results);
    if (!asked.kind().equals("all")) {
      recalls.computeIfAbsent("all", _ -> new Recall()).add(asked.evidence(), results);
    }
  }

  private static Recall recall(Map<String, Recall> recalls, String kind) {
    return recalls.getOrDefault(kind, new Recall());
  }

  private static Document document(String group, List<Text> members) {
    var sections = new ArrayList<Section>();
    for (var member : members) {
      sections.add(
          new Section(member.heading(), member.body(), sections.size() + 1, sections.size() + 1));
    }
    var stamp = new Stamp(members.size(), NOW, "", group);
    return new Document(group, stamp, () -> Optional.of(new Content(group, sections)));
  }

  private static String id(Map<String, List<Text>> groups, Hit hit) {
    var group = Objects.requireNonNull(groups.get(hit.document()));
    return group.get(hit.section().first() - 1).id();
  }

  /// Every word of a question, in the columns that hold its text.
  private static String plainMatch(String words) {
    var quoted =
        List.of(words.split("[^\\p{L}\\p{N}]+", -1)).stream()
            .filter(word -> !word.isEmpty())
            .map(word -> "\"" + word + "\"")
            .collect(Collectors.joining(" OR "));
    return "{heading body} : (" + quoted + ")";
  }
}
