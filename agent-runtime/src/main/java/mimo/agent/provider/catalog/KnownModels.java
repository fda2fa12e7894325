package mimo.agent.provider.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.Price;
import mimo.agent.provider.ProviderEndpoint.Dialect.Reasoning;
import mimo.agent.provider.ProviderEndpoint.Dialect.Trait;
import mimo.agent.provider.catalog.KnownModel.Ability;
import org.jspecify.annotations.Nullable;

/// The well-known models of the presets: the resource `models.json` (A17, A33). Where a price rises
/// with the hour or the length of a request, the resource holds the list price for requests of a
/// usual length.
final class KnownModels {

  private static final String RESOURCE = "models.json";

  /// What follows a model's name where somebody means a certain edition of it.
  private static final Pattern EDITION = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest)$");

  /// Read when it is first needed, and once in a process, which may make many catalogs.
  private static final class Shipped {
    static final Map<String, SortedMap<String, KnownModel>> MODELS = Map.copyOf(read());
  }

  private static Map<String, SortedMap<String, KnownModel>> read() {
    try (var in = KnownModels.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      var reader = new Reader();
      JsonWalk.walk(new String(in.readAllBytes(), UTF_8), reader);
      return reader.models;
    } catch (IOException broken) {
      throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", broken);
    }
  }

  /// The models of a provider that are known, by their ids.
  SortedMap<String, KnownModel> of(String provider) {
    return Shipped.MODELS.getOrDefault(provider, Collections.emptySortedMap());
  }

  /// What is known of a model, also where its name says which edition is meant.
  KnownModel find(String provider, String model) {
    var known = of(provider);
    var exact = known.get(model);
    return exact != null
        ? exact
        : known.getOrDefault(EDITION.matcher(model).replaceFirst(""), KnownModel.UNKNOWN);
  }

  /// In what the models of a provider differ from each other.
  Map<String, Trait> traits(String provider) {
    var traits = new HashMap<String, Trait>();
    of(provider).forEach((id, model) -> traits.put(id, trait(model)));
    return traits;
  }

  /// A model that cannot think has nothing to be sent back; of the others, the provider's manner
  /// counts.
  private static Trait trait(KnownModel model) {
    var output = model.output();
    boolean thinks = model.abilities().contains(Ability.REASONING);
    return new Trait(
        thinks ? null : Reasoning.DROPPED, output == null ? Long.MAX_VALUE : output, thinks);
  }

  private static final class Reader implements JsonWalk.Visitor {
    private final Map<String, SortedMap<String, KnownModel>> models = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    @Override
    public void scalar(String path, JsonParser value) throws IOException {
      fields.put(path.substring("[].".length()), value.getText());
    }

    @Override
    public void objectEnd(String path) {
      if (path.equals("[]")) {
        models
            .computeIfAbsent(fields.getOrDefault("provider", ""), _ -> new TreeMap<>())
            .put(fields.getOrDefault("id", ""), model());
        fields.clear();
      }
    }

    private KnownModel model() {
      var abilities =
          Stream.of(fields.getOrDefault("can", "").split(" ", -1))
              .filter(word -> !word.isEmpty())
              .map(word -> Ability.valueOf(word.toUpperCase(Locale.ROOT)))
              .collect(Collectors.toSet());
      return new KnownModel(whole("context"), whole("output"), price(), abilities);
    }

    private @Nullable Integer whole(String field) {
      var digits = fields.get(field);
      return digits == null ? null : Integer.valueOf(digits);
    }

    private @Nullable Price price() {
      var input = fields.get("usd.input");
      var output = fields.get("usd.output");
      if (input == null || output == null) {
        return null;
      }
      var cached = fields.getOrDefault("usd.cache_read", input);
      return ProviderSettings.usdPerMillion(
          new BigDecimal(input), new BigDecimal(output), new BigDecimal(cached));
    }
  }
}
