package mimo.docs;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes a table of each class of limits: names and words from its source, values from the class.
final class LimitTables {

  private static final Pattern CONSTANT =
      Pattern.compile("((?: *///.*\n)+) *(?:public )?static final \\S+ (\\w+) =");
  private static final Pattern RECORD =
      Pattern.compile("((?: *///.*\n)+) *(?:public )?record (\\w+)\\(");
  private static final Pattern COMPONENT =
      Pattern.compile(" *+/// @param (\\w+) ((?:.*\n)(?: *+///   .*\n)*)");
  private static final Pattern RULES = Pattern.compile(" ?\\([A-Z]+\\d+(?:, [A-Z]+\\d+)*\\)");
  private static final long KIB = 1024;

  private LimitTables() {}

  /// By simple class name, the table of every `…Limits` class in the rooms' main sources.
  static Map<String, String> all(Repository repository) {
    var tables = new TreeMap<String, String>();
    for (var file : repository.files("Limits.java")) {
      var name = repository.name(file);
      var start = name.indexOf("/src/main/java/");
      if (start >= 0) {
        var className = name.substring(start + 15, name.length() - 5).replace('/', '.');
        tables.put(className.substring(className.lastIndexOf('.') + 1), table(file, className));
      }
    }
    return tables;
  }

  private static String table(Path file, String className) {
    var source = Repository.read(file);
    var type = load(className);
    var rows = type.isRecord() ? components(source, type) : constants(source, type);
    return "\n| name | value | what it limits |\n|---|---|---|\n" + String.join("", rows) + "\n";
  }

  private static List<String> constants(String source, Class<?> type) {
    var comments = new HashMap<String, String>();
    CONSTANT.matcher(source).results().forEach(m -> comments.put(m.group(2), m.group(1)));
    var rows = new ArrayList<String>();
    for (var field : type.getDeclaredFields()) {
      var modifiers = field.getModifiers();
      if (Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers) && !field.isSynthetic()) {
        rows.add(row(field.getName(), constant(field), comments.getOrDefault(field.getName(), "")));
      }
    }
    return rows;
  }

  private static List<String> components(String source, Class<?> type) {
    var comments = new HashMap<String, String>();
    RECORD.matcher(source).results().forEach(m -> comments.put(m.group(2), m.group(1)));
    var rows = new ArrayList<String>();
    addComponents(rows, "", (Record) invokeDefaults(type), comments);
    return rows;
  }

  /// One row for each component; those of a group bear its name in front.
  private static void addComponents(
      List<String> rows, String group, Record limits, Map<String, String> comments) {
    var type = limits.getClass();
    var words = new HashMap<String, String>();
    COMPONENT
        .matcher(comments.getOrDefault(type.getSimpleName(), ""))
        .results()
        .forEach(m -> words.put(m.group(1), m.group(2)));
    for (var component : type.getRecordComponents()) {
      var name = component.getName();
      var value = component(limits, component);
      if (value instanceof Record inner) {
        addComponents(rows, group + name + ".", inner, comments);
      } else {
        rows.add(row(group + name, value, words.getOrDefault(name, "")));
      }
    }
  }

  private static String row(String name, Object value, String comment) {
    if (comment.isBlank()) {
      throw new IllegalStateException(name + " lacks a comment that says what it limits");
    }
    var words = comment.replaceAll("(?m)^ *///", "").replaceAll("\\s+", " ").strip();
    var plain = RULES.matcher(words).replaceAll("").replace("|", "\\|");
    return "| `" + name + "` | " + value(name, value) + " | " + plain + " |\n";
  }

  static String value(String name, Object value) {
    if (value instanceof Duration time) {
      return time.toMillis() % 1000 == 0 ? seconds(time) : time.toMillis() + " ms";
    }
    var number = ((Number) value).longValue();
    if (!name.toLowerCase(Locale.ROOT).endsWith("bytes")) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    var unit = 0;
    while (number != 0 && number % KIB == 0 && unit < 3) {
      number /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, "%,d ", number)
        + List.of("bytes", "KiB", "MiB", "GiB").get(unit);
  }

  private static String seconds(Duration time) {
    var seconds = time.toSeconds();
    if (seconds >= 3600 && seconds % 3600 == 0) {
      return seconds / 3600 + " h";
    }
    return seconds > 120 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private static Class<?> load(String className) {
    try {
      return Class.forName(className);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(className + " is not compiled", e);
    }
  }

  private static Object constant(Field field) {
    try {
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  private static Object invokeDefaults(Class<?> type) {
    try {
      return type.getMethod("defaults").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no defaults()", e);
    }
  }

  private static Object component(Record limits, RecordComponent component) {
    try {
      return component.getAccessor().invoke(limits);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + limits, e);
    }
  }
}
