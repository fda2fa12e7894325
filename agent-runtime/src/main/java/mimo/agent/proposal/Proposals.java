package mimo.agent.proposal;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import mimo.agent.AgentLimits;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.OwnFiles;
import mimo.agent.proposal.Suggestion.State;
import mimo.agent.provider.TokenUsage;

/// The proposals that are kept, those that were settled among them. Thread-safe.
public final class Proposals {

  private static final String END = ".json";

  /// Shorter beginnings of words recur by chance.
  private static final int SHORTEST = 8;

  private final Memory memory;
  private final OwnFiles files;

  public Proposals(Memory memory) {
    this.memory = memory;
    this.files = memory.own("proposals");
  }

  /// Those of this project, the latest first.
  public List<Proposal> list() {
    return all().stream().filter(each -> each.project().equals(memory.layout().project())).toList();
  }

  private List<Proposal> all() {
    var all = new ArrayList<Proposal>();
    for (var name : files.names()) {
      files.read(name).flatMap(Proposals::readable).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(Proposal::at).thenComparing(Proposal::id).reversed());
    return all;
  }

  /// Nothing if somebody has changed it by hand, or a later version wrote it.
  private static Optional<Proposal> readable(String text) {
    try {
      return Optional.of(ProposalText.read(text));
    } catch (IllegalArgumentException | DateTimeException other) {
      return Optional.empty();
    }
  }

  /// The one whose id begins so.
  ///
  /// @throws MemoryException `memory_unknown` or `memory_ambiguous`
  public Proposal find(String prefix) {
    var found = list().stream().filter(each -> each.id().startsWith(prefix)).toList();
    if (found.isEmpty() || prefix.length() < 2) {
      throw MemoryException.unknown("no proposal's id begins with '" + prefix + "'");
    }
    if (found.size() > 1) {
      throw MemoryException.ambiguous(
          "'%s' is one of %s; type more of its id"
              .formatted(prefix, String.join(", ", found.stream().map(Proposal::id).toList())));
    }
    return found.getFirst();
  }

  /// Writes down what was thought of; where that is nothing, nothing is written.
  ///
  /// @param notes what else there is to know
  /// @param usage what thinking took
  public Outcome propose(
      Origin origin, Wish wish, List<Suggestion> suggestions, List<String> notes, TokenUsage usage)
      throws InterruptedException {
    if (suggestions.isEmpty()) {
      return new Outcome.Nothing(notes, usage);
    }
    var proposal =
        new Proposal(
            memory.revisions().newId().replaceFirst("m", "p"),
            memory.now(),
            origin,
            wish.asks() ? wish.model().reference() : Proposal.NO_MODEL,
            memory.layout().project(),
            wish.days(),
            notes,
            suggestions);
    return new Outcome.Proposed(keep(proposal), usage);
  }

  /// Writes one down, without secrets; returns it as it is kept.
  public Proposal keep(Proposal proposal) throws InterruptedException {
    var text = ProposalText.write(proposal, memory);
    files.write(proposal.id() + END, text);
    var own = list();
    var old = own.stream().filter(each -> !each.isOpen()).toList();
    int many = own.size() - AgentLimits.MEMORY_PROPOSALS;
    for (int i = 0; i < Math.min(many, old.size()); i++) {
      files.remove(old.get(old.size() - 1 - i).id() + END);
    }
    return ProposalText.read(text);
  }

  /// Tells what becomes of its changes, each by its place in the proposal. What another process has
  /// told meanwhile stands, but that a change was made stands over all.
  ///
  /// @return the proposal as it is now, also if it is not kept any more
  Proposal tell(Proposal proposal, Map<Integer, State> states) throws InterruptedException {
    var told = new AtomicReference<>(told(proposal, states));
    files.change(
        proposal.id() + END,
        text -> {
          told.set(told(ProposalText.read(text), states));
          return ProposalText.write(told.get(), memory);
        });
    return told.get();
  }

  private static Proposal told(Proposal proposal, Map<Integer, State> states) {
    var suggestions = new ArrayList<>(proposal.suggestions());
    states.forEach((at, state) -> {
      var each = suggestions.get(at);
      if (each.state().waits() || state == State.ACCEPTED) {
        suggestions.set(at, each.with(state));
      }
    });
    return proposal.with(suggestions);
  }

  /// Whether there is no room for another one of this project: none goes that the user has not
  /// seen.
  public boolean isFull() {
    return list().stream().filter(Proposal::isOpen).count() >= AgentLimits.MEMORY_PROPOSALS;
  }

  /// Drops each that rests on an entry, quotes one of these texts, or holds a secret by now (M14,
  /// M21).
  ///
  /// @param words texts, and ids of entries
  /// @return their ids
  public List<String> erase(Collection<String> words) {
    var gone = new ArrayList<String>();
    for (var name : files.names()) {
      var said = files.read(name).flatMap(Proposals::readable).map(Proposals::words);
      // What cannot be read may say anything.
      if (said.isEmpty() || said.get().stream().anyMatch(each -> tells(each, words))) {
        files.remove(name);
        gone.add(name.replace(END, ""));
      }
    }
    return gone;
  }

  private boolean tells(String said, Collection<String> words) {
    return !memory.clean(said).equals(said)
        || words.stream().map(Proposals::flat).anyMatch(word -> quotes(flat(said), word));
  }

  /// Whether a text has a word, or ends in the middle of it.
  private static boolean quotes(String said, String word) {
    if (word.isEmpty() || said.contains(word)) {
      return !word.isEmpty();
    }
    var cut =
        said.endsWith(Excerpt.MORE) ? said.substring(0, said.length() - Excerpt.MORE.length()) : "";
    for (int length = SHORTEST; length <= Math.min(cut.length(), word.length()); length++) {
      if (cut.endsWith(word.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static String flat(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /// Everything it says.
  private static List<String> words(Proposal proposal) {
    var words = new ArrayList<>(proposal.notes());
    for (var each : proposal.suggestions()) {
      words.add(each.reason());
      words.addAll(words(each.change()));
      for (var basis : each.basis()) {
        words.add(basis.where());
        words.add(basis.excerpt());
      }
    }
    return words;
  }

  private static List<String> words(Change change) {
    return switch (change) {
      case Draft draft -> List.of(draft.name(), draft.path(), draft.text());
      case Change.OfMemory(_, var revision) -> {
        var words = new ArrayList<>(List.of(revision.text()));
        revision.takes().forEach(held -> words.add(held.id()));
        revision.needs().forEach(held -> words.add(held.id()));
        yield words;
      }
    };
  }
}
