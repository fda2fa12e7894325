package mimo.agent.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.memory.index.Document;
import mimo.agent.memory.index.Document.Content;
import mimo.agent.memory.index.Document.Stamp;
import mimo.agent.memory.index.Hit;
import mimo.agent.memory.index.MemoryIndex;
import mimo.agent.memory.index.Question;
import org.jspecify.annotations.Nullable;

/// Finds what is remembered by its words. The index is opened with the first search, and brought up
/// to date with each. Thread-safe.
public final class MemorySearch implements AutoCloseable {

  private final Memory memory;
  private final MemoryIndex index;

  /// @param index the file of the index, which need not exist
  public MemorySearch(Memory memory, Path index) {
    this.memory = memory;
    this.index = new MemoryIndex(index);
  }

  /// What somebody looks for.
  ///
  /// @param session whose own files are seen; empty for none
  /// @param scope null for all
  /// @param type null for all
  public record Wish(
      String words,
      String session,
      @Nullable MemoryScope scope,
      @Nullable MemoryType type,
      int limit) {
    public Wish(String words) {
      this(words, "", null, null, AgentLimits.MEMORY_RESULTS);
    }
  }

  /// A section that was found.
  ///
  /// @param sources whose entries stand in it, the least trusted last
  public record Finding(MemoryPlace place, Hit hit, List<Source> sources) {
    public Finding {
      sources = List.copyOf(sources);
    }

    /// The least trusted of them.
    public Source source() {
      return sources.isEmpty() ? Source.UNVERIFIED : sources.getLast();
    }
  }

  /// The sections that fit best, the best first.
  public List<Finding> search(Wish wish) {
    try {
      update();
      var among = new HashMap<String, Double>();
      var places = new HashMap<String, MemoryPlace>();
      for (var place : memory.layout().visible(wish.session())) {
        if ((wish.scope() == null || place.scope() == wish.scope())
            && (wish.type() == null || place.type() == wish.type())) {
          among.put(place.name(), place.scope().boost());
          places.put(place.name(), place);
        }
      }
      var findings = new ArrayList<Finding>();
      for (var hit : index.search(new Question(wish.words(), among, memory.now(), wish.limit()))) {
        var place = places.get(hit.document());
        if (place != null) {
          findings.add(new Finding(place, hit, sources(place, hit)));
        }
      }
      return List.copyOf(findings);
    } catch (IOException unusable) {
      throw MemoryException.failed("the index of the memory cannot be used", unusable);
    }
  }

  private List<Source> sources(MemoryPlace place, Hit hit) {
    return memory.entries(place).stream()
        .filter(
            entry -> entry.first() <= hit.section().last() && entry.last() >= hit.section().first())
        .map(entry -> entry.provenance().source())
        .distinct()
        .sorted()
        .toList();
  }

  /// Brings the index to what the files say now.
  public MemoryIndex.Update update() throws IOException {
    return index.update(documents(), memory.now());
  }

  /// Makes the index anew.
  public MemoryIndex.Update rebuild() {
    try {
      return index.rebuild(documents(), memory.now());
    } catch (IOException unusable) {
      throw MemoryException.failed("the index of the memory cannot be made", unusable);
    }
  }

  /// Whether everything in the index fits together.
  public boolean isSound() {
    return index.isSound();
  }

  private List<Document> documents() throws IOException {
    var documents = new ArrayList<Document>();
    for (var place : memory.layout().all()) {
      stamp(place.file())
          .ifPresent(
              stamp -> documents.add(new Document(place.name(), stamp, () -> content(place))));
    }
    return documents;
  }

  private static Optional<Stamp> stamp(Path file) throws IOException {
    try {
      var all = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      var changed = Files.getAttribute(file, "unix:ctime", NOFOLLOW_LINKS);
      return Optional.of(
          new Stamp(
              all.size(),
              all.lastModifiedTime().toInstant(),
              String.valueOf(changed),
              String.valueOf(all.fileKey())));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /// What is no text cannot be found, and hinders nothing else.
  private Optional<Content> content(MemoryPlace place) {
    try {
      return memory
          .raw(place)
          .map(raw ->
              new Content(
                  Digest.of(raw.getBytes(StandardCharsets.UTF_8)), Sections.of(memory.clean(raw))));
    } catch (MemoryException unreadable) {
      return Optional.of(new Content("unreadable", List.of()));
    }
  }

  @Override
  public void close() {
    index.close();
  }
}
