package mimo.sandbox.compile;

import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.PropertyNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;

/// Walks over a program and meets its variables. The names of properties are none, though the
/// parser makes them the same kind of node.
abstract class VariableVisitor extends NodeVisitor<LexicalContext> {

  VariableVisitor() {
    super(new LexicalContext());
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
