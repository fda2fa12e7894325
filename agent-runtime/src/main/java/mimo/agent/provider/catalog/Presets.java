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
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.catalog.Preset.Place;
import org.jspecify.annotations.Nullable;

/// The providers of the resource `presets.json`, in its order.
final class Presets {

  private static final String RESOURCE = "presets.json";

  private final List<Preset> all;

  private Presets(List<Preset> all) {
    this.all = List.copyOf(all);
  }

  static Presets load() {
    try (var in = Presets.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      var reader = new Reader();
      JsonWalk.walk(new String(in.readAllBytes(), UTF_8), reader);
      return new Presets(reader.presets);
    } catch (IOException broken) {
      throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", broken);
    }
  }

  List<Preset> all() {
    return all;
  }

  /// The preset called `name`, also by its alias; null if there is none.
  @Nullable Preset find(String name) {
    return all.stream()
        .filter(preset -> preset.id().equals(name) || name.equals(preset.alias()))
        .findFirst()
        .orElse(null);
  }

  private static final class Reader implements JsonWalk.Visitor {
    private final List<Preset> presets = new ArrayList<>();
    private final Map<String, String> fields = new HashMap<>();
    private final List<String> keys = new ArrayList<>();

    @Override
    public void scalar(String path, JsonParser value) throws IOException {
      if (path.equals("[].keys[]")) {
        keys.add(value.getText());
      } else {
        fields.put(path.substring("[].".length()), value.getText());
      }
    }

    @Override
    public void objectEnd(String path) {
      presets.add(
          new Preset(
              fields.getOrDefault("id", ""),
              fields.get("alias"),
              constant(ProtocolName.class, "protocol", ProtocolName.OPENAI_CHAT),
              keys,
              fields.getOrDefault("base_url", ""),
              fields.get("model"),
              new Dialect(
                  constant(
                      Dialect.OutputLimit.class, "output_limit", Dialect.OutputLimit.MAX_TOKENS),
                  constant(Dialect.Usage.class, "usage", Dialect.Usage.ON_REQUEST),
                  constant(Dialect.Reasoning.class, "reasoning", Dialect.Reasoning.DROPPED)),
              constant(Place.class, "place", Place.ELSEWHERE)));
      fields.clear();
      keys.clear();
    }

    private <E extends Enum<E>> E constant(Class<E> type, String field, E ifAbsent) {
      var word = fields.get(field);
      return word == null ? ifAbsent : Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
  }
}
