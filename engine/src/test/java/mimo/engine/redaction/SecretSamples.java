package mimo.engine.redaction;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Secrets made up by the shapes their services document, one kind a row, and the places people
/// leave them in. Nothing here ever opened a door, and no sample stands in this file as a whole.
final class SecretSamples {

  private static final String ALNUM =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String HEX = "0123456789abcdef";
  private static final String URL_SAFE = ALNUM + "-_";

  private SecretSamples() {}

  /// A kind of secret.
  ///
  /// @param name what people call the variable that holds it
  record Kind(String name, Function<Random, String> make) {}

  /// Keys that announce themselves.
  static List<Kind> announced() {
    return Stream.concat(ofCodeAndModels().stream(), ofServices().stream()).toList();
  }

  private static List<Kind> ofCodeAndModels() {
    return List.of(
        kind("AWS_ACCESS_KEY_ID", r -> "AKIA" + of(r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
        kind("AWS_ACCESS_KEY_ID", r -> "ASIA" + of(r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
        kind("GITHUB_TOKEN", r -> "ghp_" + of(r, ALNUM, 36)),
        kind("GH_TOKEN", r -> "gho_" + of(r, ALNUM, 36)),
        kind("GH_APP", r -> "ghs_" + of(r, ALNUM, 36)),
        kind("GITHUB_PAT", r -> "github_pat_" + of(r, ALNUM, 22) + "_" + of(r, ALNUM, 59)),
        kind("GITLAB_TOKEN", r -> "glpat-" + of(r, URL_SAFE, 20)),
        kind("GITLAB_RUNNER", r -> "glrt-" + of(r, URL_SAFE, 20)),
        kind("ANTHROPIC_API_KEY", r -> "sk-ant-" + "api03-" + of(r, URL_SAFE, 93) + "AA"),
        kind("OPENAI_API_KEY", r -> "sk-" + "proj-" + of(r, URL_SAFE, 74)),
        kind("OPENAI_API_KEY", r -> "sk-" + of(r, ALNUM, 20) + "T3BlbkFJ" + of(r, ALNUM, 20)),
        kind("OPENROUTER_API_KEY", r -> "sk-" + "or-v1-" + of(r, HEX, 64)),
        kind("DEEPSEEK_API_KEY", r -> "sk-" + of(r, HEX, 32)),
        kind("GROQ_API_KEY", r -> "gsk_" + of(r, ALNUM, 52)),
        kind("PERPLEXITY_API_KEY", r -> "pplx-" + of(r, ALNUM, 48)),
        kind("XAI_API_KEY", r -> "xai-" + of(r, ALNUM, 80)),
        kind("REPLICATE_API_TOKEN", r -> "r8_" + of(r, ALNUM, 37)),
        kind("HF_TOKEN", r -> "hf_" + of(r, ALNUM, 34)),
        kind("NVIDIA_API_KEY", r -> "nvapi-" + of(r, URL_SAFE, 64)),
        kind("GOOGLE_API_KEY", r -> "AIza" + of(r, URL_SAFE, 35)),
        kind("GOOGLE_CLIENT_SECRET", r -> "GOCSPX-" + of(r, URL_SAFE, 28)),
        kind(
            "SLACK_BOT_TOKEN",
            r -> "xox" + "b-" + of(r, "0123456789", 12) + "-" + of(r, ALNUM, 24)),
        kind(
            "SLACK_APP_TOKEN",
            r -> "xapp-" + "1-A" + of(r, "0123456789ABC", 10) + "-" + of(r, HEX, 64)),
        kind("STRIPE_KEY", r -> "sk_" + "live_" + of(r, ALNUM, 24)),
        kind("STRIPE_KEY", r -> "rk_" + "test_" + of(r, ALNUM, 99)),
        kind("STRIPE_WEBHOOK", r -> "whsec_" + of(r, ALNUM, 32)),
        kind("NPM_TOKEN", r -> "npm_" + of(r, ALNUM, 36)));
  }

  private static List<Kind> ofServices() {
    return List.of(
        kind("PYPI_TOKEN", r -> "pypi-" + "AgEIcHlwaS5vcmc" + of(r, URL_SAFE, 70)),
        kind("RUBYGEMS_KEY", r -> "rubygems_" + of(r, HEX, 48)),
        kind("DOCKER_TOKEN", r -> "dckr_" + "pat_" + of(r, URL_SAFE, 27)),
        kind("DO_TOKEN", r -> "dop_v1_" + of(r, HEX, 64)),
        kind("DATABRICKS_TOKEN", r -> "dapi" + of(r, HEX, 32)),
        kind("VAULT_TOKEN", r -> "hvs." + of(r, URL_SAFE, 90)),
        kind("SENDGRID_KEY", r -> "SG." + of(r, URL_SAFE, 22) + "." + of(r, URL_SAFE, 43)),
        kind("TWILIO_KEY", r -> "SK" + of(r, HEX, 32)),
        kind("MAILGUN_KEY", r -> "key-" + of(r, HEX, 32)),
        kind("SHOPIFY_TOKEN", r -> "shpat_" + of(r, HEX, 32)),
        kind("LINEAR_KEY", r -> "lin_" + "api_" + of(r, ALNUM, 40)),
        kind("NOTION_TOKEN", r -> "ntn_" + of(r, ALNUM, 46)),
        kind("FIGMA_TOKEN", r -> "figd_" + of(r, URL_SAFE, 40)),
        kind("GRAFANA_TOKEN", r -> "glsa_" + of(r, ALNUM, 32) + "_" + of(r, HEX, 8)),
        kind("SENTRY_TOKEN", r -> "sntryu_" + of(r, HEX, 64)),
        kind("NEW_RELIC_KEY", r -> "NRAK-" + of(r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 27)),
        kind("POSTMAN_KEY", r -> "PMAK-" + of(r, HEX, 24) + "-" + of(r, HEX, 34)),
        kind("PULUMI_TOKEN", r -> "pul-" + of(r, HEX, 40)),
        kind("SUPABASE_KEY", r -> "sbp_" + of(r, HEX, 40)),
        kind("PLANETSCALE", r -> "pscale_" + "tkn_" + of(r, URL_SAFE, 43)),
        kind("ATLASSIAN_TOKEN", r -> "ATATT3" + of(r, URL_SAFE, 186)),
        kind("CIRCLECI_TOKEN", r -> "CCIPAT_" + of(r, ALNUM, 22) + "_" + of(r, HEX, 40)),
        kind("AGE_KEY", r -> "AGE-SECRET-KEY-1" + of(r, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)),
        kind("AIRTABLE_PAT", r -> "pat" + of(r, ALNUM, 14) + "." + of(r, HEX, 64)),
        kind("TAILSCALE_KEY", r -> "tskey-" + "auth-" + of(r, ALNUM, 17) + "-" + of(r, ALNUM, 32)),
        kind(
            "SESSION",
            r ->
                "eyJ"
                    + of(r, URL_SAFE, 33)
                    + ".eyJ"
                    + of(r, URL_SAFE, 90)
                    + "."
                    + of(r, URL_SAFE, 43)),
        kind(
            "SLACK_HOOK",
            r ->
                "https://hooks.slack.com/"
                    + "services/T"
                    + of(r, ALNUM, 10)
                    + "/B"
                    + of(r, ALNUM, 10)
                    + "/"
                    + of(r, ALNUM, 24)),
        kind("SIGNING_PEM", SecretSamples::pem));
  }

  /// Secrets that only their names give away.
  static List<Kind> named() {
    return List.of(
        kind("AWS_SECRET_ACCESS_KEY", r -> of(r, ALNUM + "+/", 40)),
        kind("DATADOG_API_KEY", r -> of(r, HEX, 32)),
        kind("heroku_api_key", r -> uuid(r)),
        kind("client_secret", r -> of(r, URL_SAFE, 32)),
        kind("auth_token", r -> of(r, HEX, 40)),
        kind("DB_PASSWORD", r -> of(r, ALNUM + "!@#%^*", 16)),
        kind("password", r -> of(r, ALNUM, 12)),
        kind("accessToken", r -> of(r, ALNUM, 64)),
        kind("JWT_SECRET", r -> Base64.getEncoder().encodeToString(bytes(r, 32))),
        kind("encryption_key", r -> Base64.getEncoder().encodeToString(bytes(r, 24))),
        kind("algolia_api_key", r -> of(r, HEX, 32)),
        kind("cloudflare_api_token", r -> of(r, URL_SAFE, 40)),
        kind("twitter_token_secret", r -> of(r, ALNUM, 45)),
        kind("MAILCHIMP_API_KEY", r -> of(r, HEX, 32) + "-us12"),
        kind("storage_account_key", r -> Base64.getEncoder().encodeToString(bytes(r, 64))));
  }

  /// How a secret stands in a text, with its name.
  static List<String> places() {
    return List.of(
        "%1$s=%2$s",
        "export %1$s=\"%2$s\"",
        "  \"%1$s\": \"%2$s\",",
        "%1$s: %2$s",
        "const %1$s = '%2$s';",
        "{\\\"%1$s\\\":\\\"%2$s\\\"}",
        "-e %1$s=%2$s app:latest",
        "2026-11-22T10:00:00Z WARN using %1$s=%2$s for upload");
  }

  /// How a secret stands in a text that does not name it.
  static List<String> anonymousPlaces() {
    return List.of(
        "%2$s",
        "curl -H 'X-Auth: %2$s' https://api.test/v1",
        "see [the notes](%2$s), then go on",
        "line one\\n%2$s\\nline three",
        "the answer was `%2$s`.",
        "https://api.test/items?access=%2$s&page=2",
        "<%2$s>");
  }

  private static Kind kind(String name, Function<Random, String> make) {
    return new Kind(name, make);
  }

  private static String of(Random random, String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static byte[] bytes(Random random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String pem(Random random) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes(random, 600));
    var title = random.nextBoolean() ? "RSA PRIVATE " : "PRIVATE ";
    return "-----BEGIN " + title + "KEY-----\n" + body + "\n-----END " + title + "KEY-----";
  }
}
