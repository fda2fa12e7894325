package mimo.cli.command;

import java.util.List;
import mimo.agent.permission.Authority;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.cli.auth.AuthFile;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.config.Configured;
import mimo.cli.doctor.Finding;

/// What mimo can tell about itself without starting a run. What cannot be told is a
/// `CommandException` with a name of the error table.
public interface Inspection {

  /// Where the configuration comes from.
  ConfigurationFiles files();

  /// What is configured.
  Configured configuration();

  /// What counts although no file says it: built in, or taken from the environment.
  List<ConfigEntry> given();

  /// What agents may do in the working folder.
  Authority authority() throws InterruptedException;

  /// The models there are.
  ModelList models(Servers servers);

  /// The providers there are, without asking any.
  List<ProviderListing> providers();

  /// The keys the user has stored.
  AuthFile keys();

  /// What a check-up finds.
  List<Finding> examine(Network network) throws InterruptedException;

  /// What is asked for its models.
  enum Servers {
    /// Nobody, but for a default model that depends on it.
    LEFT_ALONE,
    /// The servers on this machine.
    ASKED
  }

  /// How far a check-up goes.
  enum Network {
    THIS_MACHINE,
    /// To the provider of the default model too.
    PROVIDER
  }
}
