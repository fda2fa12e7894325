package mimo.agent.provider.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.catalog.ModelCatalog.Makers;
import mimo.agent.provider.catalog.ModelCatalog.Surroundings;
import mimo.engine.CancellationToken;

/// Catalogs whose providers only note that they were opened.
final class Catalogs {

  /// `protocol id`, in the order of opening.
  final List<String> protocols = new ArrayList<>();

  final List<ProviderEndpoint> opened = new ArrayList<>();
  final List<String> notices = new ArrayList<>();

  ModelCatalog of(CatalogSettings settings, Map<String, String> variables) {
    LocalServers nobody = (urls, limit) -> List.of(Optional.empty(), Optional.empty());
    return of(settings, new Surroundings(variables, nobody, Watcher.NOBODY));
  }

  ModelCatalog of(CatalogSettings settings, Surroundings surroundings) {
    return new ModelCatalog(
        settings,
        surroundings,
        new Makers(
            endpoint -> open("chat", endpoint),
            endpoint -> open("responses", endpoint),
            endpoint -> open("messages", endpoint),
            new Silent("offline")),
        notices::add);
  }

  private Provider open(String protocol, ProviderEndpoint endpoint) {
    protocols.add(protocol + " " + endpoint.id());
    opened.add(endpoint);
    return new Silent(endpoint.id());
  }

  private record Silent(String id) implements Provider {
    @Override
    public ModelReply ask(ModelRequest request, StreamListener listener, CancellationToken token) {
      throw new AssertionError("nobody asks it");
    }
  }
}
