package mimo.docs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules on the form of one file, each as a function from its text to findings.
final class Tidiness {

  static final int LINES_PER_FILE = 500;
  static final int LINES_PER_METHOD = 60;
  static final int COLUMNS = 100;

  private static final Pattern OLD_COMMENT = Pattern.compile("^\\s*/\\*\\*(\\s|$)");

  private Tidiness() {}

  static List<String> longLines(String text) {
    var found = new ArrayList<String>();
    var lines = text.split("\n", -1);
    for (var at = 0; at < lines.length; at++) {
      var columns = lines[at].codePointCount(0, lines[at].length());
      if (columns > COLUMNS) {
        found.add((at + 1) + ": " + columns + " columns, at most " + COLUMNS);
      }
    }
    return found;
  }

  static List<String> oldComments(String text) {
    var found = new ArrayList<String>();
    var lines = text.split("\n", -1);
    for (var at = 0; at < lines.length; at++) {
      if (OLD_COMMENT.matcher(lines[at]).find()) {
        found.add((at + 1) + ": a comment with two stars; write /// and Markdown");
      }
    }
    return found;
  }

  static List<String> length(String text) {
    var lines = text.lines().count();
    return lines > LINES_PER_FILE
        ? List.of("1: " + lines + " lines, at most " + LINES_PER_FILE + "; split it by role")
        : List.of();
  }

  static List<String> ending(String text) {
    // A recorded stream may end its lines as old machines did.
    return text.isEmpty() || text.endsWith("\n") || text.endsWith("\r")
        ? List.of()
        : List.of(text.lines().count() + ": does not end with a newline");
  }

  static List<String> packageNote(String text) {
    var found = new ArrayList<String>();
    if (!text.startsWith("/// ")) {
      found.add("1: says nothing; begin with what the package is, as ///");
    }
    if (!text.contains("@NullMarked")) {
      found.add("1: lacks @NullMarked");
    }
    return found;
  }

  /// Methods that are too long and not on the list, and entries of the list that could go or
  /// shrink.
  ///
  /// @param listed `Type.method` to the number of lines it may have
  static List<String> longMethods(List<JavaSources.Method> methods, Map<String, Integer> listed) {
    var found = new ArrayList<String>();
    var stillLong = new ArrayList<String>();
    for (var method : methods) {
      var name = method.type() + "." + method.name();
      var most = listed.getOrDefault(name, LINES_PER_METHOD);
      if (method.lines() > most) {
        found.add(name + " has " + method.lines() + " lines, at most " + most);
      }
      if (method.lines() == most) {
        stillLong.add(name);
      }
    }
    listed.keySet().stream()
        .filter(name -> !stillLong.contains(name))
        .sorted()
        .forEach(name -> found.add(name + " is listed with a length it no longer has"));
    return found;
  }

  /// Whether some program text names the file: by name, by name without its ending, by the
  /// beginning of its name up to a hyphen, or, if `folders` count, by a folder it lies in.
  static boolean isNamed(String path, Set<String> literals, Folders folders) {
    var segments = List.of(path.split("/", -1));
    var name = segments.getLast();
    var stem = name.replaceFirst("\\.[^.]*$", "");
    return literals.stream()
        .anyMatch(literal -> {
          var last = List.of(literal.split("/", -1)).getLast();
          return last.equals(name)
              || last.equals(stem)
              || isBeginning(last, stem)
              || (folders == Folders.COUNT && namesFolder(literal, segments));
        });
  }

  /// A test may make the names of its files: `"help-" + command`.
  private static boolean isBeginning(String literal, String stem) {
    return literal.length() > 3 && literal.endsWith("-") && stem.startsWith(literal);
  }

  private static boolean namesFolder(String literal, List<String> segments) {
    var parents = segments.subList(0, segments.size() - 1);
    for (var end = 1; end <= parents.size(); end++) {
      var path = String.join("/", parents.subList(0, end));
      var bare = literal.replaceFirst("^/", "").replaceFirst("/$", "");
      if (bare.equals(path)) {
        return true;
      }
    }
    return false;
  }

  /// Whether naming a folder counts as naming all in it.
  enum Folders {
    COUNT,
    DO_NOT_COUNT
  }

  /// A file is text unless a zero byte stands among its first thousands.
  static boolean isText(byte[] bytes) {
    for (var at = 0; at < Math.min(bytes.length, 8192); at++) {
      if (bytes[at] == 0) {
        return false;
      }
    }
    return true;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
