package mimo.cli.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.catalog.DefaultModel;
import mimo.agent.provider.catalog.ModelCatalog;
import mimo.agent.provider.catalog.ProviderListing;

/// Which models can be asked: keys, servers on this machine, the default model.
///
/// @param local asks the servers on this machine for their models, by provider
/// @param online asks the default model's provider over the network; empty to leave it alone
public record ProvidersCheck(
    ModelCatalog catalog,
    Function<List<ProviderListing>, SortedMap<String, List<String>>> local,
    Optional<Request> online)
    implements Check {

  /// How many models of a server are named.
  private static final int NAMED = 3;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /// Asks an address of a provider, with its key.
  public interface Request {
    /// @return the HTTP status
    int status(ModelCatalog.Reached provider, String path) throws IOException;
  }

  @Override
  public String area() {
    return "models";
  }

  @Override
  public List<Finding> look() {
    var findings = new ArrayList<Finding>();
    findings.add(keys());
    findings.addAll(servers());
    findings.add(defaultModel());
    online.ifPresent(request -> findings.add(answer(request)));
    return findings;
  }

  private Finding keys() {
    var set =
        catalog.providers().stream()
            .map(ProviderListing::keySource)
            .filter(source -> !source.isEmpty())
            .distinct()
            .toList();
    return Finding.ok(
        area(),
        set.isEmpty() ? "no provider's key is set" : "keys are set by " + String.join(", ", set));
  }

  private List<Finding> servers() {
    var findings = new ArrayList<Finding>();
    local
        .apply(catalog.providers())
        .forEach((provider, models) -> {
          if (!models.isEmpty()) {
            findings.add(Finding.ok(area(), provider + " answers with " + some(models)));
          }
        });
    return findings.isEmpty()
        ? List.of(Finding.ok(area(), "no model server answers on this machine"))
        : findings;
  }

  private static String some(List<String> models) {
    var named = models.stream().limit(NAMED).collect(Collectors.joining(", "));
    return models.size() <= NAMED ? named : named + " and " + (models.size() - NAMED) + " more";
  }

  private Finding defaultModel() {
    return switch (catalog.defaultModel()) {
      case DefaultModel.None(var message) ->
          Finding.warn(
              area(), "no default model: " + message, "name one with --model, or set a key.");
      case DefaultModel.Chosen(var reference, var why) ->
          switch (catalog.resolve(reference)) {
            case Resolution.Resolved(var provider, var model, var price, var efforts, _) ->
                Finding.ok(area(), "default " + why);
            case Resolution.Unresolved(var code, var message) ->
                Finding.fail(area(), "default " + why + ": " + message, "correct what it names.");
          };
    };
  }

  private Finding answer(Request request) {
    var reached =
        switch (catalog.resolve(null)) {
          case Resolution.Resolved(var provider, var model, var price, var efforts, _) ->
              catalog.reached(provider.id());
          case Resolution.Unresolved unresolved -> Optional.<ModelCatalog.Reached>empty();
        };
    if (reached.isEmpty()) {
      return Finding.ok(area(), "the default model needs no network");
    }
    var who = reached.get().endpoint().id() + " at " + reached.get().endpoint().origin();
    try {
      int status = request.status(reached.get(), "/models");
      return switch (status) {
        case OK -> Finding.ok(area(), who + " answers and knows the key");
        case UNAUTHORIZED, FORBIDDEN ->
            Finding.fail(area(), who + " refuses the key (HTTP " + status + ")", "check the key.");
        default -> Finding.warn(area(), who + " answers with HTTP " + status, "try again later.");
      };
    } catch (IOException unreachable) {
      return Finding.fail(
          area(), who + " cannot be reached: " + unreachable, "check the network and the address.");
    }
  }
}
