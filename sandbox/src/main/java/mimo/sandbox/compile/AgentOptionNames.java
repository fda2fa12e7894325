package mimo.sandbox.compile;

import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mimo.sandbox.Compilation.Reference;

/// Finds the options a program writes out in its calls of `agent()`, each where it stands first
/// (L121). What a spread or a computed key brings shows only in a run.
final class AgentOptionNames extends VariableVisitor {

  /// All of them must fit into a frame, and no real script comes near it.
  private static final int MOST_NAMES = 500;

  private static final int LONGEST_NAME = 100;

  private final Map<String, Integer> first = new TreeMap<>();

  private AgentOptionNames() {}

  /// @param foreign names that mean something of another file
  static List<Reference> find(ParsedProgram program, LineIndex lines, Set<String> foreign) {
    if (foreign.contains("agent")) {
      return List.of();
    }
    var visitor = new AgentOptionNames();
    program.root().accept(visitor);
    return visitor.first.entrySet().stream()
        .limit(MOST_NAMES)
        .map(option -> new Reference(option.getKey(), lines.position(option.getValue())))
        .toList();
  }

  @Override
  public boolean enterCallNode(CallNode call) {
    if (isGlobal(call.getFunction(), "agent")) {
      call.getArgs().stream()
          .limit(2)
          .filter(ObjectNode.class::isInstance)
          .forEach(options -> note((ObjectNode) options));
    }
    return true;
  }

  private void note(ObjectNode options) {
    for (var property : options.getElements()) {
      var name = property.isComputed() || property.getKey() == null ? null : property.getKeyName();
      if (name != null && name.length() <= LONGEST_NAME) {
        first.merge(name, property.getKey().getStart(), Math::min);
      }
    }
  }
}
