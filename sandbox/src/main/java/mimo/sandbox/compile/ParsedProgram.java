package mimo.sandbox.compile;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.ForNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/// The syntax tree of a whole script, from the engine's own parser.
///
/// @param root the program as a function body
/// @param async whether it is the body of an async function
/// @param suspending the functions that stand still somewhere: they await, or yield asynchronously
record ParsedProgram(FunctionNode root, boolean async, Set<FunctionNode> suspending) {

  private static final int ECMASCRIPT = 16;

  /// @throws ParserException if the text is not the body of a strict function
  static ParsedProgram parse(String text, boolean async) {
    // The same grammar as the engine's own, or positions and meaning would drift apart.
    var environment =
        ScriptEnvironment.builder()
            .strict(true)
            // Else `new X()` and a block on the next line are one anonymous class of Nashorn's.
            .syntaxExtensions(false)
            .ecmaScriptVersion(ECMASCRIPT)
            .allowBigInt(true)
            .annexB(true)
            .classFields(true)
            .privateFieldsIn(true);
    var source = Source.sourceFor("script", text);
    var parser = new Parser(environment.build(), source, new ErrorManager.ThrowErrorManager());
    var root = parser.parseFunctionBody(false, async);
    var finder = new SuspensionFinder();
    root.accept(finder);
    return new ParsedProgram(root, async, finder.found);
  }

  static boolean isYield(UnaryNode node) {
    return node.isTokenType(TokenType.YIELD) || node.isTokenType(TokenType.YIELD_STAR);
  }

  private static final class SuspensionFinder extends NodeVisitor<LexicalContext> {

    private final Set<FunctionNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<FunctionNode> functions = new ArrayDeque<>();

    SuspensionFinder() {
      super(new LexicalContext());
    }

    @Override
    public boolean enterFunctionNode(FunctionNode function) {
      functions.push(function);
      return true;
    }

    @Override
    public Node leaveFunctionNode(FunctionNode function) {
      functions.pop();
      return function;
    }

    @Override
    public boolean enterUnaryNode(UnaryNode node) {
      var function = functions.getFirst();
      if (node.isTokenType(TokenType.AWAIT) || (isYield(node) && function.isAsync())) {
        found.add(function);
      }
      return true;
    }

    @Override
    public boolean enterForNode(ForNode node) {
      if (node.isForAwaitOf()) {
        found.add(functions.getFirst());
      }
      return true;
    }
  }
}
