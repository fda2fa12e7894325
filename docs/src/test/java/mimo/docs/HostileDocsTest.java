package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the table of attacks to the attacks there are, and those to their least number.
final class HostileDocsTest {

  private static final Repository REPOSITORY = Repository.here();
  private static final Pattern ATTACK =
      Pattern.compile("([^/]+)/src/test/resources/hostile/([^/]+)/[^/]+\\.(js|sql|sh)");

  /// How many attacks of each kind there must be (security rules, chapter 1.6).
  private static final Map<String, Integer> AT_LEAST =
      Map.ofEntries(
          Map.entry("host-access", 12),
          Map.entry("code-generation", 11),
          Map.entry("prototype-tricks", 12),
          Map.entry("nondeterminism", 10),
          Map.entry("syntax-breakout", 6),
          Map.entry("resource-exhaustion", 18),
          Map.entry("api-misuse", 14),
          Map.entry("replay-tampering", 6),
          Map.entry("file-hook", 6),
          Map.entry("log-flood", 3),
          Map.entry("cost", 3),
          Map.entry("parse", 5),
          Map.entry("module", 4),
          Map.entry("cross-run", 4),
          Map.entry("side-channel", 2),
          Map.entry("process", 4));

  @Test
  void thePageTellsHowManyAttacksThereAre() { // S25
    var found = attacks();
    AT_LEAST.forEach((category, least) ->
        assertTrue(sum(found.getOrDefault(category, Map.of())) >= least, "too few of " + category));

    GeneratedBlocks.hold(
        REPOSITORY.file("docs/internals/sandbox.md"), Map.of("attacks", table(found)));
  }

  /// By category, how many attacks lie in which room.
  private static Map<String, Map<String, Integer>> attacks() {
    var found = new TreeMap<String, Map<String, Integer>>();
    for (var file : REPOSITORY.files()) {
      var match = ATTACK.matcher(REPOSITORY.name(file));
      if (match.matches()) {
        found
            .computeIfAbsent(match.group(2), _ -> new TreeMap<>())
            .merge(match.group(1), 1, Integer::sum);
      }
    }
    return found;
  }

  private static String table(Map<String, Map<String, Integer>> found) {
    var rooms = List.of("sandbox", "engine", "compose-stdlib", "cli");
    var text = new StringBuilder("\n| category | at least | attacks | ");
    text.append(String.join(" | ", rooms)).append(" |\n|---|--:|--:|--:|--:|--:|--:|\n");
    found.forEach((category, byRoom) -> {
      text.append("| %s | %d | %d |".formatted(category, AT_LEAST.get(category), sum(byRoom)));
      rooms.forEach(room -> text.append(" %d |".formatted(byRoom.getOrDefault(room, 0))));
      text.append('\n');
    });
    int all = found.values().stream().mapToInt(HostileDocsTest::sum).sum();
    int least = AT_LEAST.values().stream().mapToInt(Integer::intValue).sum();
    return text + "| all | %d | %d | | | | |\n\n".formatted(least, all);
  }

  private static int sum(Map<String, Integer> byRoom) {
    return byRoom.values().stream().mapToInt(Integer::intValue).sum();
  }
}
