package mimo.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.agent.testing.Speech;
import org.jspecify.annotations.Nullable;

/// Reads a request as its provider's own SDK does, and finds what the SDK does not know (A21).
///
/// Fields that an SDK has no name for are kept by it beside the others, at any depth; its models
/// are walked to find them.
final class SdkJudge {

  /// What holds whatever its user wants: schemas, and arguments of tools.
  private static final Set<String> OPEN =
      Set.of("FunctionParameters", "Parameters", "InputSchema", "Properties", "Input");

  /// Told by the method that is called, not by a field, in both SDKs.
  private static final Set<String> BESIDE_THE_BODY = Set.of("stream");

  private final List<String> strays = new ArrayList<>();
  private final IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();

  private SdkJudge() {}

  /// The fields of `body` that the SDK does not know.
  ///
  /// @throws RuntimeException of the SDK, if a known field holds what it must not
  static List<String> strays(Speech speech, String body) throws JsonProcessingException {
    var judge = new SdkJudge();
    judge.walk(parsed(speech, body));
    return judge.strays;
  }

  private static Object parsed(Speech speech, String body) throws JsonProcessingException {
    return switch (speech) {
      case CHAT ->
          com.openai.core.ObjectMappers.jsonMapper()
              .readValue(
                  body, com.openai.models.chat.completions.ChatCompletionCreateParams.Body.class)
              .validate();
      case RESPONSES ->
          com.openai.core.ObjectMappers.jsonMapper()
              .readValue(body, com.openai.models.responses.ResponseCreateParams.Body.class)
              .validate();
      case MESSAGES ->
          com.anthropic.core.ObjectMappers.jsonMapper()
              .readValue(body, com.anthropic.models.messages.MessageCreateParams.Body.class)
              .validate();
    };
  }

  private void walk(@Nullable Object value) {
    switch (value) {
      case null -> {}
      case Collection<?> many -> many.forEach(this::walk);
      case Map<?, ?> map -> map.values().forEach(this::walk);
      case Optional<?> maybe -> maybe.ifPresent(this::walk);
      default -> {
        if (isSdks(value) && seen.put(value, true) == null) {
          look(value);
        }
      }
    }
  }

  private static boolean isSdks(Object value) {
    var name = value.getClass().getName();
    return (name.startsWith("com.openai.") || name.startsWith("com.anthropic."))
        && !(value instanceof com.openai.core.JsonValue)
        && !(value instanceof com.anthropic.core.JsonValue);
  }

  private void look(Object model) {
    for (Class<?> type = model.getClass(); type != null; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || !field.trySetAccessible()) {
          continue;
        }
        try {
          var inside = field.get(model);
          if (field.getName().equals("additionalProperties")) {
            note(model, inside);
          } else {
            walk(inside);
          }
        } catch (IllegalAccessException impossible) {
          throw new AssertionError(impossible);
        }
      }
    }
  }

  private void note(Object model, Object additional) {
    var name = model.getClass().getSimpleName();
    if (additional instanceof Map<?, ?> fields && !OPEN.contains(name)) {
      fields.keySet().stream()
          .map(String::valueOf)
          .filter(field -> !BESIDE_THE_BODY.contains(field))
          .forEach(field -> strays.add(name + "." + field));
    }
  }
}
