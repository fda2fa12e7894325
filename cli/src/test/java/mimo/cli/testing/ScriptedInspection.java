package mimo.cli.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.catalog.CatalogSettings;
import mimo.agent.provider.catalog.ModelCatalog;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.provider.catalog.Watcher;
import mimo.cli.auth.AuthFile;
import mimo.cli.command.Inspection;
import mimo.cli.command.ModelList;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Configured;
import mimo.cli.config.Folders;
import mimo.cli.doctor.Finding;

/// What a test says mimo is like. The configuration is really read, from a folder of the test.
public final class ScriptedInspection implements Inspection {

  private Path home = Path.of("/nowhere");
  private Map<String, String> environment = Map.of();
  private List<ConfigEntry> given = List.of();
  private ModelList models = new ModelList(List.of(), null, "nothing is set", new TreeMap<>());
  private List<Finding> findings = List.of();
  private final List<Object> asked = new ArrayList<>();

  /// Reads the configuration of an account whose home and working folder is `home`.
  public ScriptedInspection home(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
    return this;
  }

  public ScriptedInspection given(List<ConfigEntry> given) {
    this.given = List.copyOf(given);
    return this;
  }

  public ScriptedInspection models(ModelList models) {
    this.models = models;
    return this;
  }

  public ScriptedInspection findings(List<Finding> findings) {
    this.findings = List.copyOf(findings);
    return this;
  }

  /// How far the commands asked.
  public List<Object> asked() {
    return List.copyOf(asked);
  }

  @Override
  public ConfigurationFiles files() {
    return new ConfigurationFiles(Folders.of(environment, home), environment, home);
  }

  @Override
  public Configured configuration() {
    return files().read();
  }

  @Override
  public Authority authority() {
    var rules = PermissionRules.builtIn().and(configuration().configuration().permissions());
    var place = new WorkspacePermissions.Place(home, home, () -> Shelter.WAIVED);
    var grants = new SessionGrants();
    return new Authority(
        new WorkspacePermissions(rules, place, grants), Approver.nobody(), grants, place);
  }

  @Override
  public List<ConfigEntry> given() {
    return given;
  }

  @Override
  public ModelList models(Servers servers) {
    asked.add(servers);
    return models;
  }

  @Override
  public List<ProviderListing> providers() {
    return new ModelCatalog(
            CatalogSettings.NONE.withKeys(keys().keys()),
            new ModelCatalog.Surroundings(
                environment,
                (urls, limit) -> {
                  throw new AssertionError("nobody asks for local servers");
                },
                Watcher.NOBODY),
            new ModelCatalog.Makers(
                ScriptedInspection::unused,
                ScriptedInspection::unused,
                ScriptedInspection::unused,
                new EchoModel(0)),
            _ -> {})
        .providers();
  }

  private static Provider unused(ProviderEndpoint endpoint) {
    throw new AssertionError("nobody asks " + endpoint.id());
  }

  @Override
  public AuthFile keys() {
    return new AuthFile(Folders.of(environment, home));
  }

  @Override
  public List<Finding> examine(Network network) {
    asked.add(network);
    return findings;
  }
}
