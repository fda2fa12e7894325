package mimo.agent.provider.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.Thinking.Manner;

/// Which models take which efforts: the resource `efforts.json`, whose first matching row counts.
final class EffortTable {

  private static final String RESOURCE = "efforts.json";

  private final List<Row> rows;

  /// @param provider empty for any
  /// @param models how the names of the models begin; empty for all
  private record Row(
      ProtocolName protocol, String provider, List<String> models, EffortSupport support) {

    boolean matches(ProtocolName spoken, String id, String model) {
      var name = model.substring(model.lastIndexOf('/') + 1);
      return speaks(spoken)
          && (provider.isEmpty() || provider.equals(id))
          && (models.isEmpty() || models.stream().anyMatch(start -> Dialect.begins(name, start)));
    }

    /// Both protocols of OpenAI have the same words for the same models.
    private boolean speaks(ProtocolName spoken) {
      return protocol == spoken
          || (protocol == ProtocolName.OPENAI_CHAT && spoken == ProtocolName.OPENAI_RESPONSES);
    }
  }

  private EffortTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  static EffortTable load() {
    try (var in = EffortTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      var reader = new Reader();
      JsonWalk.walk(new String(in.readAllBytes(), UTF_8), reader);
      return new EffortTable(reader.rows);
    } catch (IOException broken) {
      throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", broken);
    }
  }

  /// What a model takes; unknown if no row matches.
  EffortSupport find(ProtocolName protocol, String provider, String model) {
    return rows.stream()
        .filter(row -> row.matches(protocol, provider, model))
        .findFirst()
        .map(Row::support)
        .orElse(EffortSupport.UNKNOWN);
  }

  /// What a model takes of which the user says the levels.
  EffortSupport said(Set<Effort> levels, ProtocolName protocol, String provider, String model) {
    var known = find(protocol, provider, model);
    var manner =
        switch (protocol) {
          case OPENAI_CHAT, OPENAI_RESPONSES -> Manner.WORD;
          case ANTHROPIC -> known.levels().isEmpty() ? Manner.ADAPTIVE : known.manner();
        };
    return new EffortSupport(levels, manner);
  }

  private static final class Reader implements JsonWalk.Visitor {
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> fields = new HashMap<>();
    private final List<String> models = new ArrayList<>();

    @Override
    public void scalar(String path, JsonParser value) throws IOException {
      if (path.equals("[].models[]")) {
        models.add(value.getText());
      } else {
        fields.put(path.substring("[].".length()), value.getText());
      }
    }

    @Override
    public void objectEnd(String path) {
      var protocol = ProtocolName.of(fields.getOrDefault("protocol", "openai-chat"));
      var manner = fields.getOrDefault("manner", "word").toUpperCase(Locale.ROOT);
      rows.add(
          new Row(
              protocol,
              fields.getOrDefault("provider", ""),
              List.copyOf(models),
              new EffortSupport(
                  levels(fields.getOrDefault("levels", "")), Manner.valueOf(manner))));
      fields.clear();
      models.clear();
    }
  }

  /// Levels out of a text such as `low medium high`; none out of a blank one.
  ///
  /// @throws IllegalArgumentException if a word is none
  static Set<Effort> levels(String words) {
    return Stream.of(words.strip().split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .map(word ->
            Effort.of(word)
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no effort")))
        .collect(Collectors.toUnmodifiableSet());
  }
}
