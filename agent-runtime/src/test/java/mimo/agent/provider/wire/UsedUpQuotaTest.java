package mimo.agent.provider.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.retry.Tried;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In what words a provider that says no time says that its quota is used up (D54).
final class UsedUpQuotaTest {

  private final Faults faults =
      new Faults(
          new ProviderEndpoint(
              "acme",
              URI.create("https://acme.test/v1"),
              null,
              List.of(),
              Dialect.PLAIN,
              Patience.DEFAULT),
          "/chat/completions");

  @ParameterizedTest
  @CsvSource({
    "usage_limit_reached, Come back later, usage_limit",
    "quota_exceeded, Come back later, usage_limit",
    "daily_limit_error, Come back later, usage_limit",
    "rate_limit_error, You have hit your Usage Limit, usage_limit",
    "rate_limit_error, Your daily limit is reached, usage_limit",
    "rate_limit_error, Your weekly limit is reached, usage_limit",
    "rate_limit_error, Your monthly limit is reached, usage_limit",
    "rate_limit_error, 200 requests per day, usage_limit",
    "rate_limit_error, 20 requests per minute, provider_limit",
    "rate_limit_error, Too many requests, provider_limit",
    "insufficient_quota, You exceeded your current quota, provider_credit",
    "usage_limit_reached, Your credit balance is too low, provider_credit"
  })
  void areToldFromTrafficAndFromCredit(String name, String message, String code) {
    assertEquals(code, code(faults.refused(429, new ProviderError(0, name, message), "m", null)));
  }

  @ParameterizedTest
  @CsvSource({
    "usage_limit_reached, Come back later, provider_limit",
    "insufficient_quota, You exceeded your current quota, provider_credit"
  })
  void meanLessThanATimeThatIsSaid(String name, String message, String code) {
    var error = new ProviderError(0, name, message);

    assertEquals(code, code(faults.refused(429, error, "m", Duration.ofHours(1))));
  }

  private static String code(Tried tried) {
    return switch (tried) {
      case Tried.Hopeless hopeless -> hopeless.code();
      case Tried.RequestFailed failed -> failed.code();
      case Tried other -> other.toString();
    };
  }
}
