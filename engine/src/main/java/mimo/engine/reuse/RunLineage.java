package mimo.engine.reuse;

import java.util.List;
import java.util.stream.Stream;
import mimo.engine.RunId;
import mimo.engine.RunOrigin.Forked;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;

/// All generations of a run, the oldest first; those of a run it was forked off among them.
public record RunLineage(RunId run, List<Generation> generations) {

  public RunLineage {
    generations = List.copyOf(generations);
    if (generations.isEmpty()) {
      throw new IllegalArgumentException("run " + run + " must have at least one generation");
    }
  }

  /// The one that goes on.
  public Generation latest() {
    return generations.getLast();
  }

  /// Those that came before it, the oldest first.
  public List<Generation> earlier() {
    return generations.subList(0, generations.size() - 1);
  }

  /// Those of the run itself, the oldest first.
  public List<Generation> own() {
    var stream = StreamId.run(run);
    return generations.stream().filter(generation -> generation.isOf(stream)).toList();
  }

  /// How many records the run's own stream has.
  public long records() {
    return ownLocated().mapToLong(Located::number).max().orElse(0);
  }

  /// What stands in the run's own stream, in order.
  public List<JournalEntry> ownEntries() {
    return ownLocated().map(Located::entry).toList();
  }

  private Stream<Located> ownLocated() {
    return own().stream()
        .flatMap(generation -> generation.located().stream())
        .filter(each -> !each.shared());
  }

  /// The runs whose entries this one needs, which must therefore be kept: the one it was forked
  /// off, and so on.
  public List<RunId> sources() {
    return generations.stream()
        .map(generation -> generation.started().origin())
        .filter(Forked.class::isInstance)
        .map(origin -> ((Forked) origin).source())
        .distinct()
        .toList();
  }
}
