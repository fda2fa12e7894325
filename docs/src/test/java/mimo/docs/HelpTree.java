package mimo.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What the built program says about itself: its commands and their flags, read from its help.
final class HelpTree {

  private static final Pattern FLAG = Pattern.compile("(?m)^ +(-\\w, )?(--[\\w-]+)");
  private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S");
  private static final int DEEPEST = 3;

  private HelpTree() {}

  /// Each command as people type it, with its flags.
  static Map<String, Set<String>> read() throws IOException, InterruptedException {
    var found = new TreeMap<String, Set<String>>();
    visit(List.of(), found);
    return found;
  }

  private static void visit(List<String> words, Map<String, Set<String>> found)
      throws IOException, InterruptedException {
    if (words.size() > DEEPEST) {
      throw new IllegalStateException("commands nest without end: " + words);
    }
    var help = help(words);
    found.put(("mimo " + String.join(" ", words)).strip(), flags(help));
    var listed = help.indexOf("\nCommands:");
    if (listed >= 0) {
      var names = LISTED.matcher(help.substring(listed));
      while (names.find()) {
        var deeper = new ArrayList<>(words);
        deeper.add(names.group(1));
        visit(deeper, found);
      }
    }
  }

  private static Set<String> flags(String help) {
    var flags = new LinkedHashSet<String>();
    FLAG.matcher(help)
        .results()
        .forEach(match -> {
          if (match.group(1) != null) {
            flags.add(match.group(1).substring(0, 2));
          }
          flags.add(match.group(2));
        });
    return flags;
  }

  /// Runs the program as the launcher does, on the classes under test.
  private static String help(List<String> words) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dmimo.dist=.", "mimo.cli.Main"));
    command.addAll(words);
    command.add("--help");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    var process = builder.start();
    try (var out = process.getInputStream()) {
      var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      var exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(words + " --help ended with " + exit + ": " + text);
      }
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
