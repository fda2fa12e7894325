package mimo.sandbox.compile;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.Token;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.ForNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;

/// The syntax tree of a whole script, from the engine's own parser.
///
/// @param root the program as a function body
/// @param async whether it is the body of an async function
/// @param suspending the functions that stand still somewhere: they await, or yield asynchronously;
///   with each, where it awaits first
record ParsedProgram(
    FunctionNode root, boolean async, IdentityHashMap<FunctionNode, Integer> suspending) {

  private static final int ECMASCRIPT = 16;

  /// For functions that yield only. The parser has each module do so at its very start.
  private static final int NO_AWAIT = Integer.MAX_VALUE;

  /// @throws ParserException if the text is not the body of a strict function
  static ParsedProgram parse(String text, boolean async) {
    return of(parser(text).parseFunctionBody(false, async), async);
  }

  /// @throws ParserException if the text is not a module
  static ParsedProgram parseModule(String text) {
    return of(parser(text).parseModule("module"), true);
  }

  private static Parser parser(String text) {
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
            .privateFieldsIn(true)
            .topLevelAwait(true);
    var source = Source.sourceFor("script", text);
    return new Parser(environment.build(), source, new ErrorManager.ThrowErrorManager());
  }

  private static ParsedProgram of(FunctionNode root, boolean async) {
    var finder = new SuspensionFinder();
    root.accept(finder);
    return new ParsedProgram(root, async, finder.found);
  }

  /// Where the program's own statements await first; -1 if they never do.
  int firstAwait() {
    int first = suspending.getOrDefault(root, NO_AWAIT);
    return first == NO_AWAIT ? -1 : first;
  }

  static boolean isYield(UnaryNode node) {
    return node.isTokenType(TokenType.YIELD) || node.isTokenType(TokenType.YIELD_STAR);
  }

  private static final class SuspensionFinder extends NodeVisitor<LexicalContext> {

    private final IdentityHashMap<FunctionNode, Integer> found = new IdentityHashMap<>();
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
      if (node.isTokenType(TokenType.AWAIT)) {
        found.merge(function, Token.descPosition(node.getToken()), Math::min);
      } else if (isYield(node) && function.isAsync()) {
        found.putIfAbsent(function, NO_AWAIT);
      }
      return true;
    }

    @Override
    public boolean enterForNode(ForNode node) {
      if (node.isForAwaitOf()) {
        found.merge(functions.getFirst(), Token.descPosition(node.getToken()), Math::min);
      }
      return true;
    }
  }
}
