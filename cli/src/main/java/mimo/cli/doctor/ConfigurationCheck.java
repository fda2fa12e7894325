package mimo.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import mimo.cli.config.Configuration;
import mimo.cli.config.ConfigurationFiles;
import mimo.cli.error.CommandException;

/// Whether the configuration can be read, and what of it has no effect.
public record ConfigurationCheck(ConfigurationFiles files) implements Check {

  @Override
  public String area() {
    return "config";
  }

  @Override
  public List<Finding> look() {
    try {
      var configured = files.read();
      var findings = new ArrayList<Finding>();
      findings.add(Finding.ok(area(), configured.effective().size() + " values, see mimo config"));
      for (var notice : configured.notices()) {
        findings.add(Finding.warn(area(), notice, "remove what has no effect."));
      }
      return findings;
    } catch (CommandException wrong) {
      var failure = wrong.failure();
      var place = failure.position() == null ? "" : failure.position() + ": ";
      return List.of(Finding.fail(area(), place + failure.message(), "correct the place named."));
    }
  }

  /// The configuration, or an empty one where it is wrong: the other checks go on without it.
  public Configuration readable() {
    try {
      return files.read().configuration();
    } catch (CommandException wrong) {
      return Configuration.EMPTY;
    }
  }
}
