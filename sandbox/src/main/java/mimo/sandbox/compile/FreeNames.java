package mimo.sandbox.compile;

import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.PropertyNode;
import com.oracle.js.parser.ir.Scope;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.sandbox.Compilation.Reference;

/// Finds the names a program uses and does not declare, each where it is used first.
final class FreeNames extends NodeVisitor<LexicalContext> {

  /// All of them must fit into a frame, and no real script comes near it.
  private static final int MOST_NAMES = 1_000;

  private final Map<String, Integer> first = new HashMap<>();

  private FreeNames() {
    super(new LexicalContext());
  }

  /// @param imported names that are declared by statements no longer in the text
  static List<Reference> find(ParsedProgram program, LineIndex lines, Set<String> imported) {
    var visitor = new FreeNames();
    program.root().accept(visitor);
    visitor.first.keySet().removeAll(imported);
    // What stands for `export default`; no script can use such a name.
    visitor.first.keySet().removeIf(name -> name.startsWith(ForbiddenSyntax.RESERVED));
    return visitor.first.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(MOST_NAMES)
        .map(name -> new Reference(name.getKey(), lines.position(name.getValue())))
        .toList();
  }

  @Override
  public boolean enterPropertyNode(PropertyNode property) {
    if (!property.isComputed() && property.getKey() instanceof IdentNode) {
      // The key is a name, but not of a variable.
      if (property.getValue() != null) {
        property.getValue().accept(this);
      }
      return false;
    }
    return true;
  }

  @Override
  public boolean enterIdentNode(IdentNode name) {
    if (!name.isPropertyName() && !name.isThis() && !name.isSuper() && !name.isMetaProperty()) {
      if (!declared(name.getName())) {
        first.merge(name.getName(), name.getStart(), Math::min);
      }
    }
    return true;
  }

  private boolean declared(String name) {
    for (Scope scope = lc.getCurrentScope(); scope != null; scope = scope.getParent()) {
      if (scope.hasSymbol(name)) {
        return true;
      }
    }
    return false;
  }
}
