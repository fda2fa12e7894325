package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Resolution.Resolved;
import mimo.agent.provider.Resolution.Unresolved;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.catalog.ModelCatalog.Makers;
import mimo.agent.provider.catalog.ModelCatalog.Surroundings;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;

/// The user's own names of models: what a person means by one, and what a run notes of them (D4).
final class OwnNamesTest {

  private static ModelCatalog catalog(Map<String, String> mapped) {
    var noKey = Map.<String, String>of();
    return new ModelCatalog(
        new CatalogSettings("offline", Map.of(), mapped),
        new Surroundings(noKey, (_, _) -> List.of(), Watcher.NOBODY),
        new Makers(OwnNamesTest::open, OwnNamesTest::open, OwnNamesTest::open, new Offline()),
        notice -> {
          throw new AssertionError(notice);
        });
  }

  private record Offline() implements Provider {
    @Override
    public String id() {
      return "offline";
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation) {
      throw new AssertionError("a catalog asks nobody");
    }
  }

  private static Provider open(ProviderEndpoint endpoint) {
    throw new AssertionError("nothing here needs " + endpoint.id());
  }

  private static String reference(Resolution found) {
    return ((Resolved) found).reference();
  }

  @Test
  void thatNobodyMappedIsNoneAPersonCanMean() {
    var catalog = catalog(Map.of("small", "offline/a", "large", "offline/b"));

    assertEquals(
        new Unresolved(
            "model_unknown",
            "there is no model 'smal'. Did you mean 'small'? Names of yours are large, small."
                + " mimo models lists what there is."),
        catalog.named("smal"));
    assertEquals("offline/b", reference(catalog.named("large")));
    assertEquals("offline/scripted", reference(catalog.named("inherit")));
  }

  @Test
  void areNotedByTheirFullNames() {
    var mapped = Map.of("small", "deepseek/a", "free", "offline", "own", "nobody");

    assertEquals(
        Map.of("small", "deepseek/a", "free", "offline/scripted", "own", "nobody"),
        catalog(mapped).aliases());
  }
}
