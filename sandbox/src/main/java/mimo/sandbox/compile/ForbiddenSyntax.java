package mimo.sandbox.compile;

import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ExpressionStatement;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LabelNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.VarNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.sandbox.ScriptFault;

/// Finds what is legal JavaScript but no part of the script language: imports, reserved names, and
/// what only the wrapper round the body would make legal.
final class ForbiddenSyntax extends NodeVisitor<LexicalContext> {

  static final String RESERVED = "__wf_";
  private static final String NO_IMPORTS =
      " is not available: a script imports by `import … from './file.js'`, right after `meta`";

  /// What is wrong with `import.meta`, which the grammar of a script's body does not even know.
  static final String NO_IMPORT_META = "`import.meta`" + NO_IMPORTS;

  private final LineIndex lines;
  private final Map<Integer, Integer> ownMarks;
  private final List<ScriptFault> faults = new ArrayList<>();
  private final List<Integer> requires = new ArrayList<>();
  private final Set<Integer> seen = new HashSet<>();
  private boolean declaresRequire;

  /// @param ownMarks where this compiler has put a name in the place of `export default`: to where
  ///   that stood
  private ForbiddenSyntax(LineIndex lines, Map<Integer, Integer> ownMarks) {
    super(new LexicalContext());
    this.lines = lines;
    this.ownMarks = ownMarks;
  }

  static List<ScriptFault> find(
      ParsedProgram program, LineIndex lines, Map<Integer, Integer> ownMarks) {
    var visitor = new ForbiddenSyntax(lines, ownMarks);
    program.root().accept(visitor);
    visitor.misplacedDefaults(program);
    if (!visitor.declaresRequire) {
      visitor.requires.forEach(at -> visitor.fault(at, "`require()`" + NO_IMPORTS));
    }
    return visitor.faults;
  }

  private void fault(int offset, String message) {
    if (seen.add(offset)) {
      faults.add(FaultFound.fault(lines.position(offset), message));
    }
  }

  /// `export default` is found by its text; it is legal only as a statement of the body itself.
  private void misplacedDefaults(ParsedProgram program) {
    var statements = new HashSet<Integer>();
    for (var statement : program.root().getBody().getStatements()) {
      if (statement instanceof ExpressionStatement) {
        statements.add(statement.getStart());
      } else if (statement instanceof VarNode variable) {
        statements.add(variable.getName().getStart());
      }
    }
    ownMarks.forEach((mark, at) -> {
      if (!statements.contains(mark)) {
        fault(at, "`export default` must stand at the top of the file, not inside a block");
      }
    });
  }

  @Override
  public boolean enterCallNode(CallNode call) {
    if (call.getFunction() instanceof IdentNode name) {
      if (call.isImport()) {
        fault(call.getStart(), "`import()`" + NO_IMPORTS);
      } else if (name.getName().equals("require")) {
        requires.add(call.getStart());
      }
    }
    return true;
  }

  @Override
  public boolean enterIdentNode(IdentNode name) {
    reserved(name.getName(), name.getStart());
    if (name.isMetaProperty() && name.getName().startsWith("import")) {
      fault(name.getStart(), NO_IMPORT_META);
    }
    return true;
  }

  @Override
  public boolean enterVarNode(VarNode variable) {
    declares(variable.getName());
    return true;
  }

  @Override
  public boolean enterFunctionNode(FunctionNode function) {
    function.getParameters().forEach(this::declares);
    if (function.getIdent() != null) {
      reserved(function.getIdent().getName(), function.getIdent().getStart());
    }
    return true;
  }

  @Override
  public boolean enterLabelNode(LabelNode label) {
    reserved(label.getLabelName(), label.getStart());
    return true;
  }

  private void declares(IdentNode name) {
    declaresRequire |= name.getName().equals("require");
    reserved(name.getName(), name.getStart());
  }

  private void reserved(String name, int offset) {
    if (name.startsWith(RESERVED) && !ownMarks.containsKey(offset)) {
      fault(offset, "the name `" + name + "` is reserved: names must not begin with `__wf_`");
    }
  }
}
