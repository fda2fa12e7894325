package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.Histories;
import mimo.engine.ParkReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LossPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "PROVIDER, provider_access, FAILURE",
    "PROVIDER, model_unknown, FAILURE",
    "PROVIDER, no_key, FAILURE",
    "USAGE_LIMIT, usage_limit, PARKED"
  })
  void tellsAParkedRunByWhatItWaitsForD73(ParkReason reason, String code, ExitCode expected) {
    var parked = Histories.parkedResult(reason, code);

    for (var policy : LossPolicy.values()) {
      assertEquals(expected, policy.exit(parked, Channel.PIPE, ErrorTable.load()));
    }
  }
}
