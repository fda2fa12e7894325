package mimo.cli;

import java.util.List;
import java.util.Map;
import mimo.cli.config.Configuration;
import mimo.cli.config.McpSection;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;

/// How every secret this process knows is kept out of every durable byte. Thread-safe.
record Redactions(
    Map<String, String> environment, Configuration configuration, List<McpSection> servers) {

  /// For what a run works with: its own inputs and results must survive it (M11).
  Redaction ofRuns() {
    var live = liveValues();
    return placeholderKey -> new SecretRedactor(live, placeholderKey);
  }

  /// For what is only kept: every rule holds.
  Redaction ofKept() {
    var live = liveValues();
    return placeholderKey -> new SecretRedactor(live, placeholderKey, Rules.ALL);
  }

  /// A text without its secrets, outside of any run.
  String clean(String text) {
    return ofRuns().forRun("00").clean(text);
  }

  private LiveValues liveValues() {
    return new LiveValues(new Secrets(environment, configuration, servers).values());
  }
}
