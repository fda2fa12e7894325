package mimo.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a script says about itself in `export const meta` (L6), checked.
///
/// @param whenToUse empty if the script does not say
/// @param phases the announced groups, in order; display only
/// @param model the run's default model, if the script names one
/// @param budget what the run may spend, if the script limits it
/// @param dialect the habits it is written for, if the script says
/// @param permissions what it would like its agents to be allowed, in order
public record ScriptMeta(
    String name,
    String description,
    String whenToUse,
    List<String> phases,
    Optional<String> model,
    Optional<SpendingLimit> budget,
    Optional<Dialect> dialect,
    List<PermissionRequest> permissions) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public ScriptMeta {
    phases = List.copyOf(phases);
    permissions = List.copyOf(permissions);
  }

  /// Reads the JSON text a compilation gave. Unknown keys are ignored.
  ///
  /// @throws ComposeException `script_invalid` naming the key and what was found
  public static ScriptMeta parse(String json) {
    JsonNode meta = read(json);
    var _ = texts(meta, "tags");
    var version = meta.get("version");
    if (version != null && !version.isTextual() && !version.isNumber()) {
      throw wrong("version", "a string or a number", version);
    }
    return new ScriptMeta(
        required(meta, "name"),
        required(meta, "description"),
        text(meta, "whenToUse").orElse(""),
        phases(meta.get("phases")),
        text(meta, "model"),
        budget(meta.get("budget")),
        text(meta, "dialect").map(word -> dialect(meta.get("dialect"), word)),
        permissions(meta.get("permissions")));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("meta is no JSON: " + json, failure);
    }
  }

  private static String required(JsonNode meta, String key) {
    return text(meta, key)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> wrong(key, "a non-empty string", meta.get(key)));
  }

  private static Optional<String> text(JsonNode meta, String key) {
    var value = meta.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(key, "a string", value);
    }
    return Optional.of(value.textValue());
  }

  private static List<String> phases(@Nullable JsonNode phases) {
    if (phases == null) {
      return List.of();
    }
    if (!phases.isArray()) {
      throw wrong("phases", "an array", phases);
    }
    var titles = new ArrayList<String>();
    for (var phase : phases) {
      titles.add(title(phase));
    }
    return titles;
  }

  private static String title(JsonNode phase) {
    var title = phase.isObject() ? phase.get("title") : phase;
    if (title == null || !title.isTextual()) {
      throw wrong("phases", "strings, or objects with a title", phase);
    }
    for (var key : List.of("detail", "model")) {
      if (phase.has(key) && !phase.get(key).isTextual()) {
        throw wrong("phases", "objects whose " + key + " is a string", phase);
      }
    }
    return title.textValue();
  }

  private static List<PermissionRequest> permissions(@Nullable JsonNode permissions) {
    if (permissions == null) {
      return List.of();
    }
    if (!permissions.isArray()) {
      throw wrong("permissions", "an array", permissions);
    }
    var requests = new ArrayList<PermissionRequest>();
    for (var wish : permissions) {
      if (!wish.path("permission").isTextual()) {
        throw wrong("permissions", "objects with a permission", wish);
      }
      var reason = text(wish, "reason").orElse("");
      var name = wish.get("permission").textValue();
      requests.add(new PermissionRequest(name, texts(wish, "patterns"), reason));
    }
    return requests;
  }

  private static List<String> texts(JsonNode owner, String key) {
    var list = owner.get(key);
    if (list == null) {
      return List.of();
    }
    if (!list.isArray()) {
      throw wrong(key, "an array of strings", list);
    }
    var texts = new ArrayList<String>();
    for (var text : list) {
      if (!text.isTextual()) {
        throw wrong(key, "an array of strings", list);
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  private static Optional<SpendingLimit> budget(@Nullable JsonNode budget) {
    if (budget == null) {
      return Optional.empty();
    }
    if (budget.isIntegralNumber() && budget.canConvertToLong() && budget.longValue() > 0) {
      return Optional.of(SpendingLimit.tokens(budget.longValue()));
    }
    if (budget.isTextual()) {
      return Optional.of(SpendingLimit.parse(budget.textValue()));
    }
    throw wrong("budget", "a number of tokens, or a text such as \"200k\" or \"1.5usd\"", budget);
  }

  private static Dialect dialect(JsonNode found, String word) {
    try {
      return Dialect.parse(word);
    } catch (ComposeException unknown) {
      throw wrong("dialect", "\"claude\", \"mimocode\" or \"odw\"", found);
    }
  }

  private static ComposeException wrong(String key, String expected, @Nullable JsonNode found) {
    return new ComposeException(
        "script_invalid",
        "meta.%s must be %s; found %s".formatted(key, expected, found == null ? "none" : found));
  }
}
