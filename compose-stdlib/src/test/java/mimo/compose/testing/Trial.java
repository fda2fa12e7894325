package mimo.compose.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.compose.ComposeOptions;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.Dialect;
import mimo.compose.ScriptMeta;
import mimo.compose.SpendingLimit;
import mimo.compose.testing.ScriptedRun.Order;

/// One way a script is run, and all that must come of it, as lines `keyword: text`.
///
/// @param name what tells it from the script's other trials; empty for the only one
/// @param world what the script finds, by keyword
/// @param answers what its agents and reads answer, by label
/// @param expected the lines of a [Player], in its order
public record Trial(
    String name, Map<String, String> world, List<String> answers, List<String> expected) {

  /// What a line may set.
  private static final Set<String> WORLD =
      Set.of("dialect", "order", "args", "seed", "budget", "agents", "items", "types");

  /// What a script may do, how it may be lacking, and how it may end.
  private static final List<Set<String>> OUTCOME =
      List.of(
          Set.of("asks", "enters", "says"), Set.of("loses"), Set.of("result", "fails", "refused"));

  private static final Pattern MANY = Pattern.compile("asks: \\d+ agents( at their labels)?");
  private static final Pattern AT_ITS_LABEL = Pattern.compile("asks: (\\S+) @ \\1");

  public Trial {
    world = Map.copyOf(world);
    answers = List.copyOf(answers);
    expected = List.copyOf(expected);
  }

  /// A trial from its lines `keyword: text`, those shared with other trials first.
  public static Trial of(String name, List<String> lines) {
    var world = new LinkedHashMap<String, String>();
    var answers = new ArrayList<String>();
    for (var line : lines) {
      var keyword = keyword(line);
      var text = line.substring(keyword.length() + 1).strip();
      if (keyword.equals("answers")) {
        answers.add(text);
      } else if (WORLD.contains(keyword)) {
        world.put(keyword, text);
      } else if (OUTCOME.stream().noneMatch(kind -> kind.contains(keyword))) {
        throw new IllegalArgumentException("'" + keyword + "' is no keyword of a trial: " + line);
      }
    }
    var expected =
        OUTCOME.stream()
            .flatMap(kind -> lines.stream().filter(line -> kind.contains(keyword(line))));
    return new Trial(name, world, answers, expected.toList());
  }

  private static String keyword(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  /// Where an outcome counts its agents, it is held to their number, and to their paths if those
  /// are their labels.
  List<String> abridged(List<String> lines) {
    if (expected.stream().noneMatch(line -> MANY.matcher(line).matches())) {
      return lines;
    }
    var asked = lines.stream().filter(Trial::asks).toList();
    var placed = asked.stream().allMatch(line -> AT_ITS_LABEL.matcher(line).matches());
    var count = "asks: " + asked.size() + " agents" + (placed ? " at their labels" : "");
    return Stream.concat(Stream.of(count), lines.stream().filter(line -> !asks(line))).toList();
  }

  private static boolean asks(String line) {
    return line.startsWith("asks: ");
  }

  /// @param scripts what `workflow` finds, by name
  ScriptedRun run(Map<String, String> scripts) {
    var order = text("order").orElse("oldest first");
    var known = Map.of("oldest first", Order.OLDEST_FIRST, "newest first", Order.NEWEST_FIRST);
    if (!known.containsKey(order)) {
      throw new IllegalArgumentException("order: " + order + "; it is one of " + known.keySet());
    }
    var shelf = new ScriptShelf(new AnswersByLabel(answers.toArray(String[]::new)));
    scripts.forEach(shelf::whole);
    return new ScriptedRun(known.get(order), shelf)
        .with(text("args").orElse("null"))
        .seeded(text("seed").orElse("ab").repeat(32));
  }

  /// What the script is launched with, where nothing is said here: as it asks for in its `meta`.
  ComposeOptions options(ScriptMeta meta) {
    return new ComposeOptions(
        text("args").isPresent() ? Arguments.GIVEN : Arguments.NONE,
        "/workspace",
        text("budget").map(SpendingLimit::parse).or(meta::budget),
        number("agents").orElse(ComposeOptions.DEFAULT_MAX_AGENTS),
        number("items").orElse(ComposeOptions.DEFAULT_MAX_ITEMS),
        Dialect.of(world.get("dialect"), meta, "/workspace/case.js"),
        types());
  }

  /// The agents that have a name; what defines them is not looked at here.
  private Map<String, String> types() {
    var types = new LinkedHashMap<String, String>();
    text("types")
        .ifPresent(names -> List.of(names.split(" ")).forEach(name -> types.put(name, "0")));
    return types;
  }

  private Optional<String> text(String keyword) {
    return Optional.ofNullable(world.get(keyword));
  }

  private Optional<Integer> number(String keyword) {
    return text(keyword).map(Integer::valueOf);
  }
}
