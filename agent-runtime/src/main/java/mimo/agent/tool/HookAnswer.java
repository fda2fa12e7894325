package mimo.agent.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What hooks say to something an agent does. It can only narrow: nothing in it allows anything.
///
/// @param word whether it may happen, as far as they are concerned
/// @param reason why not, or why somebody is to be asked; empty if it may
/// @param contexts what the model is to know
/// @param notices what the user should know
public record HookAnswer(Word word, String reason, List<Context> contexts, List<String> notices) {

  /// They have nothing to say.
  public static final HookAnswer NOTHING = new HookAnswer(Word.PASS, "", List.of(), List.of());

  /// From the mildest to the strictest.
  public enum Word {
    PASS,
    /// Somebody has to allow it.
    ASK,
    DENY
  }

  /// A text of a hook for the model: data, whatever it says.
  ///
  /// @param hook its name
  public record Context(String hook, String text) {

    /// Between marks that it cannot close itself.
    public String labelled() {
      return "<hook name=\"%s\">\n%s\n</hook>"
          .formatted(
              hook.replace("\"", "'"), text.strip().replaceAll("(?i)<(/?)(hook)", "&lt;$1$2"));
    }
  }

  public HookAnswer {
    contexts = List.copyOf(contexts);
    notices = List.copyOf(notices);
  }

  /// Something the user should know, and no more.
  public static HookAnswer notice(String text) {
    return new HookAnswer(Word.PASS, "", List.of(), List.of(text));
  }

  /// Something the model should know, and no more.
  public static HookAnswer context(String hook, String text) {
    return new HookAnswer(Word.PASS, "", List.of(new Context(hook, text)), List.of());
  }

  /// It must not happen.
  public static HookAnswer deny(String reason) {
    return new HookAnswer(Word.DENY, reason, List.of(), List.of());
  }

  /// Somebody has to allow it.
  public static HookAnswer ask(String reason) {
    return new HookAnswer(Word.ASK, reason, List.of(), List.of());
  }

  /// Both: the stricter word counts, the first of equals.
  public HookAnswer and(HookAnswer other) {
    var stricter = other.word.compareTo(word) > 0 ? other : this;
    var allContexts = new ArrayList<>(contexts);
    allContexts.addAll(other.contexts);
    var allNotices = new ArrayList<>(notices);
    allNotices.addAll(other.notices);
    return new HookAnswer(stricter.word, stricter.reason, allContexts, allNotices);
  }

  /// A text with everything behind it that the model is to know; the text itself if that is
  /// nothing.
  public String behind(String text) {
    return contexts.isEmpty()
        ? text
        : contexts.stream()
            .map(Context::labelled)
            .collect(Collectors.joining("\n", text + "\n\n", ""));
  }
}
