package mimo.agent.distill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mimo.agent.AgentLimits;
import mimo.agent.history.Said;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Excerpt;

/// Counts what was done again and again: command lines alone and one after the other, words of the
/// user, runs of workflows.
final class Repetitions {

  /// What happens less often is no habit, nor what happens in one session alone.
  private static final int TIMES = 3;

  private static final int SESSIONS = 2;

  private static final int LONGEST_SEQUENCE = 4;
  private static final int LINE_CHARS = 300;
  private static final int EXAMPLES = 3;

  /// Of how many it is asked whether they are a part of others.
  private static final int COMPARED = 10 * AgentLimits.DISTILL_REPEATS;

  private final Map<List<String>, List<Said>> seen = new LinkedHashMap<>();

  private Repetitions() {}

  /// The most frequent first.
  ///
  /// @param said as [Spoken#plain] has it
  static List<Repetition> among(List<Said> said) {
    var all = new Repetitions();
    var commands = new LinkedHashMap<String, List<Said>>();
    for (var each : said) {
      if (Spoken.isCommand(each)) {
        commands.computeIfAbsent(each.session(), _ -> new ArrayList<>()).add(each);
      } else if (each.kind().equals("user")) {
        all.add(List.of("the user: " + line(each).toLowerCase(Locale.ROOT)), each);
      } else if (each.kind().equals(Ground.RUN)) {
        all.add(List.of("the workflow " + line(each)), each);
      }
    }
    commands.values().forEach(all::addSequences);
    return all.repeated();
  }

  private void addSequences(List<Said> commands) {
    var lines = commands.stream().map(Repetitions::line).toList();
    for (int from = 0; from < lines.size(); from++) {
      int most = Math.min(lines.size(), from + LONGEST_SEQUENCE);
      for (int to = from + 1; to <= most; to++) {
        add(lines.subList(from, to), commands.get(from));
      }
    }
  }

  private void add(List<String> what, Said said) {
    seen.computeIfAbsent(List.copyOf(what), _ -> new ArrayList<>()).add(said);
  }

  private List<Repetition> repeated() {
    var found = new ArrayList<Repetition>();
    seen.forEach((what, where) -> {
      var sessions = new HashSet<String>();
      where.forEach(said -> sessions.add(said.session()));
      if (where.size() >= TIMES && sessions.size() >= SESSIONS) {
        var examples = where.subList(0, Math.min(EXAMPLES, where.size()));
        var source =
            where.stream().map(each -> each.context().source()).reduce(Source.USER, Source::and);
        found.add(new Repetition(what, where.size(), sessions.size(), examples, source));
      }
    });
    found.sort(Comparator.comparingInt(Repetition::times).reversed());
    var often = found.subList(0, Math.min(found.size(), COMPARED));
    return often.stream()
        .filter(one -> often.stream().noneMatch(one::isPartOf))
        .limit(AgentLimits.DISTILL_REPEATS)
        .toList();
  }

  private static String line(Said said) {
    return Excerpt.of(Spoken.flat(said.text()), LINE_CHARS);
  }
}
