package mimo.sandbox.compile;

import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.PropertyNode;
import com.oracle.js.parser.ir.Scope;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import org.jspecify.annotations.Nullable;

/// Walks over a program and meets its variables. The names of properties are none, though the
/// parser makes them the same kind of node.
abstract class VariableVisitor extends NodeVisitor<LexicalContext> {

  VariableVisitor() {
    super(new LexicalContext());
  }

  /// Whether the program means the variable of this name that it does not declare.
  final boolean isGlobal(Expression expression, String name) {
    return expression instanceof IdentNode used && used.getName().equals(name) && !isDeclared(name);
  }

  /// Whether a part of the program around this place declares the name.
  final boolean isDeclared(String name) {
    for (@Nullable Scope scope = lc.getCurrentScope(); scope != null; scope = scope.getParent()) {
      if (scope.hasSymbol(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public final boolean enterPropertyNode(PropertyNode property) {
    if (!property.isComputed() && property.getKey() instanceof IdentNode) {
      // The key is a name, but not of a variable.
      if (property.getValue() != null) {
        property.getValue().accept(this);
      }
      return false;
    }
    return true;
  }
}
