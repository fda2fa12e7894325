package mimo.agent.provider.wire;

import static mimo.agent.provider.ProviderLimits.QUOTED_CHARS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import mimo.agent.provider.Origin;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.http.MalformedStreamException;
import mimo.agent.provider.retry.Tried;
import mimo.agent.provider.retry.Tried.Hopeless;
import mimo.agent.provider.retry.Tried.RequestFailed;
import mimo.agent.provider.retry.Tried.StreamBroke;
import org.jspecify.annotations.Nullable;

/// What the failures of one provider mean, and what to tell the user (A26). Thread-safe.
///
/// Every message names the provider, its origin, what was found and a remedy, and never a key.
final class Faults {

  private static final String[] CREDIT = {
    "insufficient_quota", "exceeded_current_quota", "billing", "insufficient_balance", "credit"
  };
  private static final String[] CREDIT_WORDS = {"credit balance", "insufficient balance"};
  private static final String[] USAGE = {"usage_limit", "quota_exceeded", "daily_limit"};
  private static final String[] USAGE_WORDS = {
    "usage limit", "daily limit", "weekly limit", "monthly limit", "per day"
  };
  private static final String[] OVERFLOW_NAMES = {
    "context_length", "context_window", "exceed_context_size"
  };
  private static final String[] OVERFLOW_WORDS = {
    "context length",
    "context window",
    "context size",
    "context limit",
    "prompt is too long",
    "input is too long",
    "too many tokens",
    "token limit",
    "maximum prompt length",
    "maximum number of tokens"
  };
  private static final String[] NO_SUCH_MODEL = {
    "model not exist",
    "model not found",
    "no such model",
    "unknown model",
    "valid model",
    "invalid model"
  };
  private static final String[] NOTHING_THERE = {"not found", "not exist", "no such"};

  private final ProviderEndpoint endpoint;
  private final String path;

  /// @param path what the protocol appends to the provider's address
  Faults(ProviderEndpoint endpoint, String path) {
    this.endpoint = endpoint;
    this.path = path;
  }

  /// A reply that is no success.
  Tried refused(int status, ProviderError error, String model, @Nullable Duration retryAfter) {
    if (status >= 300 && status < 400) {
      return new Hopeless(
          "provider_refused",
          answered(status, error)
              + " A redirect is not followed, since the key belongs to this origin alone."
              + " Set provider."
              + endpoint.id()
              + ".options.baseURL to where it leads.");
    }
    if (isOverflow(status, error)) {
      return new Hopeless(
          "context_overflow",
          answered(status, error) + " The conversation is longer than " + model + " can take.");
    }
    if (isAboutCredit(status, error)) {
      return new Hopeless(
          "provider_credit", answered(status, error) + " Add credit there, then resume.");
    }
    if (status == 401 || status == 403 || (status == 400 && error.says("api key"))) {
      return new Hopeless("provider_access", answered(status, error) + " Check " + keys() + ".");
    }
    return switch (status) {
      case 408, 409 -> again("provider_error", status, error, retryAfter);
      case 429 ->
          retryAfter == null && isUsedUp(error)
              ? new Hopeless("usage_limit", answered(status, error) + " Its quota is used up.")
              : again("provider_limit", status, error, retryAfter);
      default ->
          status >= 500
              ? again("provider_error", status, error, retryAfter)
              : refusedForGood(status, error, model);
    };
  }

  /// An `error` object inside a stream follows the status it names (A29).
  Tried refusedInStream(ProviderError error, String model) {
    int status = error.status() > 0 ? error.status() : statusOf(error);
    return status > 0
        ? refused(status, error, model, null)
        : new StreamBroke(who() + " broke off its stream: " + quoted(error) + ".");
  }

  /// The model stopped because the conversation and its reply have filled its window.
  Tried overflowed(String model) {
    return new Hopeless(
        "context_overflow",
        who() + " stopped " + model + ": the conversation has filled all it can take.");
  }

  /// A page for people instead of a model's reply: what a site shows at any path it does not know.
  Tried webPage() {
    return new Hopeless(
        "provider_refused",
        who() + " answered with a web page, not with a model's reply." + checkPath());
  }

  /// No head of a reply came.
  Tried unreachable(IOException failure) {
    return new RequestFailed(
        "provider_unreachable",
        "%s cannot be reached: %s. Check the network and provider.%s.options.baseURL."
            .formatted(who(), reason(failure), endpoint.id()),
        null);
  }

  /// The head came, the end did not.
  Tried broke(IOException failure) {
    return new StreamBroke(who() + " broke off its stream: " + reason(failure) + ".");
  }

  /// The body ended, or the model was stopped, before it had finished.
  Tried unfinished(String found) {
    return new StreamBroke(who() + " broke off its stream: " + found + ".");
  }

  private Tried refusedForGood(int status, ProviderError error, String model) {
    if (isAboutModel(status, error)) {
      return new Hopeless(
          "model_unknown",
          answered(status, error)
              + " Model '"
              + model
              + "' is not offered there; choose another with --model.");
    }
    var remedy =
        status == 404
            ? checkPath()
            : " The same request would be refused again; check the model's settings.";
    return new Hopeless("provider_refused", answered(status, error) + remedy);
  }

  private String checkPath() {
    return " Check provider."
        + endpoint.id()
        + ".options.baseURL: the path must end where "
        + path
        + " follows.";
  }

  private Tried again(String code, int status, ProviderError error, @Nullable Duration retryAfter) {
    return new RequestFailed(code, answered(status, error), retryAfter);
  }

  private static boolean isAboutCredit(int status, ProviderError error) {
    return status == 402
        || ((status == 400 || status == 403 || status == 429)
            && (error.names(CREDIT) || error.says(CREDIT_WORDS)));
  }

  /// What comes back by itself, but not within seconds, and nobody says when.
  private static boolean isUsedUp(ProviderError error) {
    return error.names(USAGE) || error.says(USAGE_WORDS);
  }

  private static boolean isOverflow(int status, ProviderError error) {
    return status == 413
        || ((status == 400 || status == 422)
            && (error.names(OVERFLOW_NAMES) || error.says(OVERFLOW_WORDS)));
  }

  /// A path that is not found is another thing than a model that is not.
  private static boolean isAboutModel(int status, ProviderError error) {
    return error.names("model_not_found", "model_not_exist")
        || (status == 400 && error.says(NO_SUCH_MODEL))
        || (status == 404
            && error.says("model")
            && (error.says(NOTHING_THERE) || error.names("not_found")));
  }

  private static int statusOf(ProviderError error) {
    if (error.names("context_length", "invalid_request", "invalid_prompt") || error.names(CREDIT)) {
      return 400;
    }
    if (error.names("rate_limit", "too_many_requests", "resource_exhausted")) {
      return 429;
    }
    if (error.names("overloaded", "server_error", "internal", "unavailable", "timeout")
        || error.names("api_error")) {
      return 503;
    }
    if (error.names("too_large")) {
      return 413;
    }
    if (error.names("authentication", "invalid_api_key")) {
      return 401;
    }
    return error.names("permission") ? 403 : error.names("not_found") ? 404 : 0;
  }

  private String keys() {
    var variables = List.copyOf(endpoint.keyVariables());
    var option = "provider." + endpoint.id() + ".options.apiKey";
    return variables.isEmpty() ? option : String.join(" or ", variables) + ", or " + option;
  }

  private String answered(int status, ProviderError error) {
    return who() + " answered " + status + ": " + quoted(error) + ".";
  }

  private String who() {
    return endpoint.id() + " (" + endpoint.origin() + ")";
  }

  private String quoted(ProviderError error) {
    return quoted(error.message().isBlank() ? error.name() : error.message());
  }

  /// A provider's text on one line, short, without control characters and without the key.
  private String quoted(String text) {
    var key = endpoint.key();
    var hidden = key == null ? text : key.hiddenIn(text);
    var line = hidden.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\s]+", " ").strip();
    var trimmed = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    if (trimmed.isEmpty()) {
      return "no explanation";
    }
    return trimmed.codePointCount(0, trimmed.length()) <= QUOTED_CHARS
        ? trimmed
        : trimmed.substring(0, trimmed.offsetByCodePoints(0, QUOTED_CHARS)) + "…";
  }

  private String reason(IOException failure) {
    var text = failure.getMessage() == null ? "" : failure.getMessage();
    return switch (failure) {
      case MalformedStreamException malformed -> quoted(text);
      case UnknownHostException unknown -> "the host " + endpoint.origin().host() + " is not known";
      case InterruptedIOException slow -> tookTooLong(text);
      case SSLException tls -> "TLS failed, " + quoted(text);
      default -> quoted(text.isEmpty() ? failure.getClass().getSimpleName() : text);
    };
  }

  private String tookTooLong(String text) {
    return text.contains("onnect")
        ? "no connection within " + endpoint.patience().connect().toMillis() + " ms"
        : "it was silent for " + endpoint.patience().idle().toMillis() + " ms";
  }

  /// Where a redirect leads, without what may be secret in its path.
  static String target(String location, URI from) {
    try {
      return Origin.of(from.resolve(location)).toString();
    } catch (IllegalArgumentException _) {
      return "an address that cannot be read";
    }
  }
}
