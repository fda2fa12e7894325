package mimo.agent.prompt;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import mimo.agent.AgentLimits;
import mimo.agent.definition.FrontMatter;
import org.jspecify.annotations.Nullable;

/// A prompt that has a name, and takes words.
///
/// @param name without the slash; parts with `:` between for one in nested folders
/// @param description for people; may be empty
/// @param hint which words it takes, for people; may be empty
/// @param agent who is asked; null for whoever is
/// @param model who thinks; null for whoever does
/// @param narrowing which tools there are while it is worked on
/// @param template the prompt, with the places of the words
public record PromptCommand(
    String name,
    String description,
    String hint,
    @Nullable String agent,
    @Nullable String model,
    Narrowing narrowing,
    String template) {

  private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final Pattern NAME = Pattern.compile(PART + "(:" + PART + ")*");

  /// `$ARGUMENTS`, `$1` to `$9`; no number of two digits.
  private static final Pattern PLACE = Pattern.compile("\\$(?:(ARGUMENTS)\\b|([1-9])(?![0-9]))");

  private static final Pattern FILE =
      Pattern.compile("(?:^|[\\s(])@([^\\s`()\\[\\]{}<>'\",;*|$]+)(?=[\\s`()\\[\\]{}<>'\",;*|]|$)");

  private static final Pattern SHELL = Pattern.compile("!`([^`\\n]+)`");

  private static final String INHERIT = "inherit";

  /// What a command has become with its words.
  ///
  /// @param files the paths it brings in, as the file names them; none that a caller typed
  public record Expanded(String prompt, List<String> files) {
    public Expanded {
      files = List.copyOf(files);
    }
  }

  /// Whether a word could be the name of one.
  public static boolean isName(String word) {
    return NAME.matcher(word).matches();
  }

  /// Reads a file.
  ///
  /// @param place how people are told of the file
  /// @throws IllegalArgumentException saying what is wrong with it
  public static PromptCommand parse(String name, String text, String place) {
    if (!isName(name)) {
      throw new IllegalArgumentException("its name '" + name + "' must match " + NAME);
    }
    if (text.length() > AgentLimits.PROMPT_COMMAND_CHARS) {
      throw new IllegalArgumentException(
          "it has more than " + AgentLimits.PROMPT_COMMAND_CHARS + " characters");
    }
    var head = FrontMatter.readIfThere(text);
    var template = head.body().strip();
    if (template.isEmpty()) {
      throw new IllegalArgumentException("it holds no prompt");
    }
    return new PromptCommand(
        name,
        head.text("description").orElseGet(() -> firstLine(template)),
        head.text("argument-hint").orElse(""),
        head.text("agent").orElse(null),
        head.text("model").filter(model -> !model.equals(INHERIT)).orElse(null),
        Narrowing.of(head.list("allowed-tools").orElse(null), place),
        template);
  }

  private static String firstLine(String template) {
    return template.lines().findFirst().orElse("").replaceFirst("^#+\\s*", "").strip();
  }

  /// The prompt for these words. Each is put in where its place is and not looked at again, so a
  /// `$1` or an `@` in it means nothing (A38). Words without a place stand at the end.
  ///
  /// @throws IllegalArgumentException if it becomes too long
  public Expanded expand(String typed) {
    var arguments = PromptArguments.of(typed);
    var prompt = new StringBuilder();
    var places = PLACE.matcher(template);
    int at = 0;
    boolean taken = false;
    while (places.find()) {
      prompt.append(template, at, places.start());
      prompt.append(
          places.group(1) != null
              ? arguments.all()
              : arguments.word(Integer.parseInt(places.group(2))));
      at = places.end();
      taken = true;
      if (prompt.length() > AgentLimits.PROMPT_CHARS) {
        throw tooLong();
      }
    }
    prompt.append(template, at, template.length());
    if (!taken && !arguments.all().isEmpty()) {
      prompt.append("\n\n").append(arguments.all());
    }
    if (prompt.length() > AgentLimits.PROMPT_CHARS) {
      throw tooLong();
    }
    return new Expanded(prompt.toString(), files());
  }

  private IllegalArgumentException tooLong() {
    return new IllegalArgumentException(
        "/%s with these words has more than %d characters"
            .formatted(name, AgentLimits.PROMPT_CHARS));
  }

  /// The paths that stand in the file behind an `@`. A closing full stop is the sentence's.
  private List<String> files() {
    var files = new LinkedHashSet<String>();
    var matcher = FILE.matcher(template);
    while (matcher.find() && files.size() < AgentLimits.PROMPT_FILES) {
      var path = matcher.group(1).replaceAll("[.:!?]+$", "");
      if (!path.isEmpty()) {
        files.add(path);
      }
    }
    return List.copyOf(files);
  }

  /// The command lines that other programs would run here and put in the output of. Here they stay
  /// as they are: words of callers would get into them.
  public List<String> shellLines() {
    var lines = new ArrayList<String>();
    var matcher = SHELL.matcher(template);
    while (matcher.find()) {
      lines.add(matcher.group(1).strip());
    }
    return lines;
  }
}
