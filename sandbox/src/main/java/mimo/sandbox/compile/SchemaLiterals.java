package mimo.sandbox.compile;

import com.oracle.js.parser.ir.AccessNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.ObjectNode;
import com.oracle.js.parser.ir.PropertyNode;
import com.oracle.js.parser.ir.VarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.sandbox.Compilation.SchemaLiteral;

/// Finds the schemas a program gives to `agent()` and that are certain before it runs (L115): a
/// pure literal in the call's options, or a constant that is one and is never handed to anything
/// that could change it.
final class SchemaLiterals extends VariableVisitor {

  /// All of them must fit into a frame, and no real script comes near it.
  private static final int MOST_SCHEMAS = 500;

  private static final int MOST_CHARS = 1024 * 1024;

  private final Set<Integer> given = new HashSet<>();
  private final Map<String, Integer> constants = new HashMap<>();
  private final Map<String, Set<Integer>> declarations = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private final Set<String> elsewhere = new HashSet<>();

  /// Where names stand that are declared here, or used in a way that changes nothing.
  private final Set<Integer> harmless = new HashSet<>();

  private SchemaLiterals() {}

  /// @param text what was parsed, offset by offset
  /// @param foreign names that mean something of another file, or that other files see
  static List<SchemaLiteral> find(
      ParsedProgram program, String text, LineIndex lines, Set<String> foreign) {
    if (!text.contains("schema") || foreign.contains("agent")) {
      return List.of();
    }
    var visitor = new SchemaLiterals();
    program.root().accept(visitor);
    visitor.elsewhere.addAll(foreign);
    return visitor.read(new Cursor(text), lines);
  }

  private List<SchemaLiteral> read(Cursor cursor, LineIndex lines) {
    for (var name : wanted) {
      var literal = constants.get(name);
      boolean once = declarations.getOrDefault(name, Set.of()).size() == 1;
      if (literal != null && once && !elsewhere.contains(name)) {
        given.add(literal);
      }
    }
    var schemas = new ArrayList<SchemaLiteral>();
    int chars = 0;
    for (int start : given.stream().sorted().limit(MOST_SCHEMAS).toList()) {
      var json = LiteralReader.jsonAt(cursor, start);
      chars += json == null ? 0 : json.length();
      if (json != null && chars <= MOST_CHARS) {
        schemas.add(new SchemaLiteral(json, lines.position(start)));
      }
    }
    return schemas;
  }

  @Override
  public boolean enterCallNode(CallNode call) {
    var arguments = call.getArgs();
    if (isGlobal(call.getFunction(), "agent")) {
      arguments.stream().limit(2).forEach(this::options);
    } else if (isStringify(call.getFunction())
        && !arguments.isEmpty()
        && arguments.getFirst() instanceof IdentNode shown) {
      harmless.add(shown.getStart());
    }
    return true;
  }

  private void options(Expression argument) {
    if (!(argument instanceof ObjectNode options)) {
      return;
    }
    PropertyNode schema = null;
    for (var property : options.getElements()) {
      var key = property.isComputed() ? null : property.getKey();
      if (key == null || property.getValue() == null || property.getKeyName() == null) {
        // A spread, a computed key or an accessor: what the schema is shows only in a run.
        return;
      }
      schema = property.getKeyName().equals("schema") ? property : schema;
    }
    if (schema != null && schema.getValue() instanceof ObjectNode literal) {
      given.add(literal.getStart());
    } else if (schema != null && schema.getValue() instanceof IdentNode name) {
      wanted.add(name.getName());
      harmless.add(name.getStart());
    }
  }

  private boolean isStringify(Expression function) {
    return function instanceof AccessNode member
        && member.getProperty().equals("stringify")
        && isGlobal(member.getBase(), "JSON");
  }

  @Override
  public boolean enterVarNode(VarNode variable) {
    var name = variable.getName();
    declarations.computeIfAbsent(name.getName(), _ -> new HashSet<>()).add(name.getStart());
    harmless.add(name.getStart());
    if (variable.isConst() && variable.getInit() instanceof ObjectNode literal) {
      constants.put(name.getName(), literal.getStart());
    }
    return true;
  }

  @Override
  public boolean enterFunctionNode(FunctionNode function) {
    function.getParameters().forEach(parameter -> elsewhere.add(parameter.getName()));
    return true;
  }

  @Override
  public boolean enterIdentNode(IdentNode name) {
    if (!name.isPropertyName() && !harmless.contains(name.getStart())) {
      elsewhere.add(name.getName());
    }
    return true;
  }
}
