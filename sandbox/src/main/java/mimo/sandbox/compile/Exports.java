package mimo.sandbox.compile;

import com.oracle.js.parser.ir.ExportNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.Module;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What one imported file exports: a getter for each name, and the files it passes on whole.
final class Exports {

  static final String DEFAULT = "default";

  private static final String KEYWORD = "export";
  private static final String ASSIGNMENT = "__wf_x.v=";
  private static final String DEFAULT_BINDING = "*default*";

  private static final String TRIVIA = "(?:\\s|//[^\\n\\r]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+";
  private static final Pattern DEFAULT_HEAD = Pattern.compile(KEYWORD + TRIVIA + DEFAULT + TRIVIA);
  private static final Pattern DECLARATION =
      Pattern.compile("(?:async\\s+function|function|class)\\b");

  private final Imports imports;

  /// Text of a function for each exported name.
  private final TreeMap<String, String> getters = new TreeMap<>();

  private final List<Integer> stars = new ArrayList<>();
  private final Set<Integer> defaults = new HashSet<>();

  Exports(Imports imports) {
    this.imports = imports;
  }

  Set<String> names() {
    return Set.copyOf(getters.keySet());
  }

  /// What other files can reach under some name.
  Set<String> locals() {
    return Set.copyOf(getters.values());
  }

  /// The numbers of the files all of whose names are exported too.
  List<Integer> stars() {
    return stars;
  }

  /// Where this compiler has written a reserved name, in the place of an `export default`.
  Map<Integer, Integer> ownMarks() {
    return defaults.stream().collect(Collectors.toMap(at -> at, at -> at));
  }

  /// Takes the word `export`, or a whole statement that is nothing else, out of the text.
  void take(FunctionNode root, StringBuilder text, Edits edits) {
    var module = root.getModule();
    var taken = new HashSet<Integer>();
    boolean named = false;
    for (var entry : module.getLocalExportEntries()) {
      String local = entry.getLocalName().toJavaStringUncached();
      named |=
          entry.getExportName().toJavaStringUncached().equals(DEFAULT)
              && !local.equals(DEFAULT_BINDING);
      getters.put(
          entry.getExportName().toJavaStringUncached(),
          local.equals(DEFAULT_BINDING) ? "__wf_x.v" : local);
    }
    for (var statement : module.getExports()) {
      if (taken.add(statement.getStart())) {
        take(statement, text, edits, named);
      }
    }
    passOn(module);
  }

  private void take(ExportNode statement, StringBuilder text, Edits edits, boolean namedDefault) {
    int start = statement.getStart();
    if (statement.isDefault()) {
      takeDefault(statement, text, edits, namedDefault);
    } else if (statement.getVar() != null || statement.getExpression() != null) {
      Statements.blank(text, start, start + KEYWORD.length());
    } else {
      if (statement.getModuleSpecifier() != null) {
        passOn(statement);
      }
      Statements.take(text, start, statement.getFinish());
    }
  }

  /// A declaration with a name stays one; anything else is kept in the holder of the default.
  private void takeDefault(
      ExportNode statement, StringBuilder text, Edits edits, boolean namedDefault) {
    int start = statement.getStart();
    var head = DEFAULT_HEAD.matcher(text).region(start, text.length());
    if (!head.lookingAt()) {
      throw new IllegalStateException("no `export default` at " + start);
    }
    boolean declaration = DECLARATION.matcher(text).region(head.end(), text.length()).lookingAt();
    if (declaration && namedDefault) {
      Statements.blank(text, start, head.end());
      return;
    }
    Statements.blank(text, start, head.end());
    text.replace(start, start + ASSIGNMENT.length(), ASSIGNMENT);
    defaults.add(start);
    if (declaration) {
      int finish = statement.getExpression().getFinish();
      edits.bracket(Edits.Kind.IMPORT, finish, finish, ";", "");
    }
  }

  private void passOn(ExportNode statement) {
    int start = statement.getStart();
    int number =
        imports.number(statement.getModuleSpecifier().getValue().toJavaStringUncached(), start);
    if (statement.getNamedExports() != null) {
      for (var name : statement.getNamedExports().getExportSpecifiers()) {
        imports.want(number, name.getIdentifier().getPropertyName(), start);
      }
    }
  }

  private void passOn(Module module) {
    for (var entry : module.getIndirectExportEntries()) {
      int number = number(entry);
      var name = entry.getImportName();
      getters.put(
          entry.getExportName().toJavaStringUncached(),
          Imports.namespace(number)
              + (name.equals(Module.STAR_NAME) ? "" : Statements.key(name.toJavaStringUncached())));
    }
    for (var entry : module.getStarExportEntries()) {
      stars.add(number(entry));
    }
  }

  private int number(Module.ExportEntry entry) {
    return imports.number(entry.getModuleRequest().specifier().toJavaStringUncached(), 0);
  }

  /// The statements that publish the exports, before the file's own.
  String text() {
    var text = new StringBuilder("__wf_x.n({");
    getters.forEach((name, value) ->
        text.append(Statements.key(name)).append(":()=>").append(value).append(','));
    text.append("});");
    stars.forEach(
        number -> text.append("__wf_x.s(").append(Imports.namespace(number)).append(");"));
    return text.toString();
  }
}
