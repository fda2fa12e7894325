package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.cli.config.ConfigSchema;
import mimo.cli.error.ErrorEntry;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import org.junit.jupiter.api.Test;

/// Holds the pages about the command line to the command line.
final class CommandDocsTest {

  private static final Repository REPOSITORY = Repository.here();
  private static final Page CLI = Page.read(REPOSITORY.file("docs/reference/cli.md"));
  private static final Page RUNS = Page.read(REPOSITORY.file("docs/reference/runs.md"));
  private static final Page SESSIONS = Page.read(REPOSITORY.file("docs/reference/sessions.md"));

  /// The pages that have commands of their own.
  private static final List<Page> PAGES =
      Stream.concat(
              Stream.of(CLI, RUNS, SESSIONS),
              Stream.of("memory", "checkpoints", "mcp", "skills", "commands", "hooks")
                  .map(name -> Page.read(REPOSITORY.file("docs/reference/" + name + ".md"))))
          .toList();

  /// A code where a failure is made: `new StoreFailure("store_full"`, `new Ended("partial"`,
  /// `wf.error("list_cap"`.
  private static final Pattern CODE =
      Pattern.compile(
          "(?:new [\\w.]*(?:Exception|Failure|Refused|Failed|Faulted|Ended|Interrupted|Unresolved)"
              + "|wf\\.error)\\(\\s*\"([a-z]+(?:_[a-z]+)*)\"");

  @Test
  void everyCommandHasItsHeadingAndEveryFlagItsRow() throws IOException, InterruptedException {
    var described = new TreeMap<String, Set<String>>();
    for (var page : PAGES) {
      page.names()
          .forEach((heading, names) -> {
            if (heading.equals("mimo") || heading.startsWith("mimo ")) {
              described.put(heading, names);
            }
          });
    }

    var real = HelpTree.read();

    assertTrue(real.size() >= 8, "saw only " + real.keySet());
    assertEquals(sorted(real), sorted(described));
  }

  @Test
  void everyExitCodeHasItsRowInTheOrderOfPrecedence() {
    var real = Arrays.stream(ExitCode.values()).map(code -> String.valueOf(code.number())).toList();

    assertEquals(real, List.copyOf(CLI.namesIn("Exit codes")));
  }

  @Test
  void theErrorsPageIsMadeFromTheTable() {
    var tables =
        ErrorTable.load().entries().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.number() / 100 + "xx",
                    TreeMap::new,
                    Collectors.mapping(CommandDocsTest::row, Collectors.joining())));
    tables.replaceAll((range, rows) ->
        "\n| | name | exit | meaning | what to do |\n|---|---|---|---|---|\n" + rows + "\n");

    GeneratedBlocks.hold(REPOSITORY.file("docs/reference/errors.md"), tables);
  }

  @Test
  void everyCodeTheRoomsMakeIsInTheTable() {
    var known = ErrorTable.load().entries().stream().map(ErrorEntry::name).toList();
    var seen = new TreeSet<String>();
    var unknown = new ArrayList<String>();
    for (var file : REPOSITORY.files()) {
      var name = REPOSITORY.name(file);
      if (name.contains("/src/main/") && name.matches(".*\\.(java|js)")) {
        for (var code : (Iterable<String>) codesIn(Repository.read(file))::iterator) {
          seen.add(code);
          if (!known.contains(code)) {
            unknown.add(name + " makes the code " + code + ", which errors.txt does not have");
          }
        }
      }
    }

    assertTrue(seen.size() >= 30, "saw only " + seen);
    Findings.assertNone(unknown);
  }

  @Test
  void everyConfigurationKeyHasItsRow() throws IOException {
    var page = Page.read(REPOSITORY.file("docs/reference/configuration.md"));
    var real = new TreeSet<String>();
    collectKeys(new ObjectMapper().readTree(ConfigSchema.text()), real);

    assertTrue(real.size() >= 10, "saw only " + real);
    assertEquals(real, new TreeSet<>(page.namesIn("Keys")));
  }

  /// The names of all members that have a type: the others are only known, not implemented.
  private static void collectKeys(JsonNode schema, Set<String> keys) {
    for (var property : schema.path("properties").properties()) {
      if (property.getValue().has("type")) {
        keys.add(property.getKey());
        collectKeys(property.getValue(), keys);
      }
    }
    collectKeysOfAnyName(schema.path("additionalProperties"), keys);
    schema.path("anyOf").forEach(either -> collectKeys(either, keys));
  }

  private static void collectKeysOfAnyName(JsonNode schema, Set<String> keys) {
    if (schema.isObject()) {
      collectKeys(schema, keys);
    }
  }

  @Test
  void theProviderTableIsMadeFromThePresets() throws IOException {
    var presets = "agent-runtime/src/main/resources/mimo/agent/provider/catalog/presets.json";
    var rows = new ArrayList<String>();
    for (var preset : new ObjectMapper().readTree(Repository.read(REPOSITORY.file(presets)))) {
      rows.add(provider(preset));
    }

    assertTrue(rows.size() >= 10, "saw only " + rows);
    GeneratedBlocks.hold(
        REPOSITORY.file("docs/reference/providers.md"),
        Map.of(
            "models",
            models(),
            "providers",
            "\n| id | key | address | protocol | model if none is named |\n|---|---|---|---|---|\n"
                + String.join("", rows)
                + "\n"));
  }

  private static String models() {
    var file = "agent-runtime/src/main/resources/mimo/agent/provider/catalog/models.json";
    var rows = new StringBuilder("\n| model | takes in | says | in | cached | out | can |\n");
    rows.append("|---|---|---|---|---|---|---|\n");
    try {
      for (var model : new ObjectMapper().readTree(Repository.read(REPOSITORY.file(file)))) {
        rows.append(
            "| `%s/%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                    model.get("provider").textValue(),
                    model.get("id").textValue(),
                    tokens(model.path("context")),
                    tokens(model.path("output")),
                    model.at("/usd/input").asText(),
                    model.at("/usd/cache_read").asText("–"),
                    model.at("/usd/output").asText(),
                    model.get("can").textValue()));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return rows + "\n";
  }

  private static String tokens(JsonNode number) {
    return number.isMissingNode() ? "–" : String.format(Locale.ROOT, "%,d", number.asInt());
  }

  private static Stream<String> codesIn(String source) {
    return CODE.matcher(source).results().map(match -> match.group(1));
  }

  private static String row(ErrorEntry entry) {
    return "| MIMO-%d | `%s` | %d | %s | %s |\n"
        .formatted(
            entry.number(),
            entry.name(),
            entry.exit().number(),
            cell(entry.meaning()),
            cell(entry.remedyFor(null)));
  }

  private static String provider(JsonNode preset) {
    var names = new ArrayList<String>();
    names.add("`" + preset.get("id").textValue() + "`");
    if (preset.has("alias")) {
      names.add("`" + preset.get("alias").textValue() + "`");
    }
    var keys = new ArrayList<String>();
    preset.path("keys").forEach(key -> keys.add("`" + key.textValue() + "`"));
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            String.join(", ", names),
            keys.isEmpty() ? "none" : String.join(", ", keys),
            preset.get("base_url").textValue().replaceFirst("^https?://", ""),
            code(preset.path("protocol").asText("openai-chat").replace('_', '-')),
            code(preset.path("model").asText()));
  }

  private static String code(String text) {
    return text.isEmpty() ? "name one" : "`" + text + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private static Map<String, Set<String>> sorted(Map<String, Set<String>> sets) {
    var sorted = new TreeMap<String, Set<String>>();
    sets.forEach((name, set) -> sorted.put(name, new TreeSet<>(set)));
    return sorted;
  }
}
