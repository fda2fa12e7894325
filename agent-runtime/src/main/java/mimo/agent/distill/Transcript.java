package mimo.agent.distill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import mimo.agent.AgentLimits;
import mimo.agent.history.Said;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Excerpt;
import mimo.agent.proposal.Wish.Untrusted;

/// What a model is shown of what was said and done, each piece with a name by which it is quoted.
/// Immutable.
///
/// Where not all has room, what recurs comes first, then the user's words, then calls, then what
/// models said. It is shown in the order in which it was said.
final class Transcript {

  private static final Set<String> KINDS = Set.of("user", "model", "call", Ground.RUN);

  /// What room is reckoned by before pieces have names.
  private static final String LONGEST_NAME = "S00000";

  private static final List<String> NAMED = List.of(LONGEST_NAME, LONGEST_NAME, LONGEST_NAME);

  private final Map<String, Said> pieces = new LinkedHashMap<>();
  private final List<Repetition> repetitions;
  private final Source worst;
  private final int unheard;
  private final int missing;

  /// @param all what was said and done, the session used last first
  /// @param room characters, for what recurs too
  /// @param clean takes secrets out: what is quoted of it is kept
  Transcript(List<Said> all, int room, Untrusted untrusted, UnaryOperator<String> clean) {
    var counting = all.stream().filter(each -> KINDS.contains(each.kind())).toList();
    var heard =
        counting.stream()
            .filter(each -> untrusted == Untrusted.SHOWN || !each.context().source().isUntrusted())
            .map(each -> Spoken.plain(each, clean))
            .toList();
    repetitions = Repetitions.among(heard);
    unheard = counting.size() - heard.size();
    var chosen = chosen(heard, room);
    missing = heard.size() - chosen.size();
    var source = repetitions.stream().map(Repetition::source).reduce(Source.AGENT, Source::and);
    for (var each : heard) {
      if (chosen.contains(each)) {
        source = source.and(each.context().source());
        pieces.put("S" + (pieces.size() + 1), each);
      }
    }
    worst = source;
  }

  private Set<Said> chosen(List<Said> heard, int room) {
    var recurring = new HashSet<Said>();
    repetitions.forEach(each -> recurring.addAll(each.examples()));
    var byWeight = new ArrayList<>(heard);
    byWeight.sort(Comparator.comparingInt(each -> recurring.contains(each) ? 0 : weight(each)));
    var chosen = new HashSet<Said>();
    int left = room - repetitions.stream().mapToInt(each -> shown(each, NAMED).length()).sum();
    for (var each : byWeight) {
      int length = shown(LONGEST_NAME, each).length();
      if (length <= left && chosen.add(each)) {
        left -= length;
      }
    }
    return chosen;
  }

  private static int weight(Said said) {
    return switch (said.kind()) {
      case "user", Ground.RUN -> 1;
      case "call" -> 2;
      default -> 3;
    };
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  Optional<Said> piece(String name) {
    return Optional.ofNullable(pieces.get(name));
  }

  /// The least trusted that words may be from that a model finds in it: it has seen all of it.
  Source source() {
    return worst;
  }

  List<Repetition> repetitions() {
    return repetitions;
  }

  /// What the user has to know of it.
  List<String> notes() {
    var notes = new ArrayList<String>();
    if (unheard > 0) {
      notes.add(
          unheard
              + " pieces from the web or tools of others were not shown to the model"
              + " (--untrusted)");
    }
    if (missing > 0) {
      notes.add(missing + " pieces had no room in the question");
    }
    return notes;
  }

  String saidText() {
    var text = new StringBuilder();
    pieces.forEach((name, each) -> text.append(shown(name, each)));
    return text.toString();
  }

  private static String shown(String name, Said said) {
    return "%s [%s, turn %d, %s; %s; from %s]\n%s\n"
        .formatted(
            name,
            said.kind().equals(Ground.RUN) ? "run" : "session " + said.session(),
            said.context().turn(),
            said.at().toString().substring(0, 16),
            said.tool().isEmpty() ? said.kind() : said.kind() + " of " + said.tool(),
            said.context().source().word(),
            quoted(Excerpt.of(said.text().strip(), AgentLimits.DISTILL_SAID_CHARS)));
  }

  /// What recurs, with the names of pieces where it does.
  String repeatedText() {
    var names = new HashMap<Said, String>();
    pieces.forEach((name, said) -> names.put(said, name));
    var text = new StringBuilder();
    for (var each : repetitions) {
      var where = each.examples().stream().map(names::get).filter(name -> name != null).toList();
      text.append(shown(each, where));
    }
    return text.toString();
  }

  private static String shown(Repetition repetition, List<String> where) {
    return "> %s%s\n"
        .formatted(
            repetition.words(), where.isEmpty() ? "" : " (" + String.join(", ", where) + ")");
  }

  static String quoted(String text) {
    return "> " + text.replace("\n", "\n> ");
  }
}
