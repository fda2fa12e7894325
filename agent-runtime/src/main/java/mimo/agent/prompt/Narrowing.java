package mimo.agent.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import mimo.agent.definition.ToolChoice;
import mimo.agent.hook.ClaudeNames;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Rule;
import mimo.agent.permission.Rule.Layer;
import org.jspecify.annotations.Nullable;

/// The tools there are while a command is worked on: never more than there would be without it.
///
/// @param tools which of them
/// @param rules which command lines of them
public record Narrowing(ToolChoice tools, List<Rule> rules) {

  /// As without a command.
  public static final Narrowing NONE = new Narrowing(ToolChoice.ALL, List.of());

  private static final String BASH = "bash";

  /// `Bash(git log:*)`.
  private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]+)(?:\\((.*)\\))?");

  public Narrowing {
    rules = List.copyOf(rules);
  }

  /// What a list of tools means. Of what stands in brackets only command lines of `bash` count.
  ///
  /// @param allowed null for all tools
  /// @param place how people are told of the file
  /// @throws IllegalArgumentException naming what is no tool
  static Narrowing of(@Nullable List<String> allowed, String place) {
    if (allowed == null) {
      return NONE;
    }
    var names = new ArrayList<String>();
    var rules = new ArrayList<Rule>();
    boolean anyCommand = false;
    for (var entry : allowed) {
      var matcher = ENTRY.matcher(entry.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException("'" + entry + "' in allowed-tools names no tool");
      }
      var name = ClaudeNames.meant(matcher.group(1));
      var lines = matcher.group(2);
      names.add(name);
      if (name.equals(BASH) && lines != null) {
        rules.add(rule(pattern(lines), Decision.ALLOW, place));
      }
      anyCommand = anyCommand || (name.equals(BASH) && lines == null);
    }
    if (anyCommand || rules.isEmpty()) {
      rules.clear();
    } else {
      rules.addFirst(rule(Rule.DEFAULT, Decision.DENY, place));
    }
    return new Narrowing(new ToolChoice(names, List.of()), rules);
  }

  private static Rule rule(String pattern, Decision decision, String place) {
    return new Rule(BASH, pattern, decision, Layer.AGENT, place);
  }

  /// `git log:*` is written `git log *` here.
  private static String pattern(String lines) {
    var pattern = lines.strip();
    return pattern.endsWith(":*") ? pattern.substring(0, pattern.length() - 2) + " *" : pattern;
  }
}
