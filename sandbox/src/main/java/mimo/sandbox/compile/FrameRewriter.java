package mimo.sandbox.compile;

import com.oracle.js.parser.Token;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.Block;
import com.oracle.js.parser.ir.BlockStatement;
import com.oracle.js.parser.ir.CatchNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.ExpressionStatement;
import com.oracle.js.parser.ir.ForNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.IfNode;
import com.oracle.js.parser.ir.LabelNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.ReturnNode;
import com.oracle.js.parser.ir.ThrowNode;
import com.oracle.js.parser.ir.TryNode;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.WhileNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the logical frame survive every place where an async function stands still.
///
/// The engine has no async context under its policy, so the text carries it: an async function that
/// awaits takes its frame at entry (`const __wf_c=__wf_e();`) and restores it after each `await`,
/// each `yield` of an async generator, in the body and after the end of `for await`, and at the
/// head of each `catch` and `finally` (a rejection skips the restoring call behind the `await`).
/// The awaited value passes through `__wf_a`, which calls a custom thenable in the awaiting frame.
/// Nothing is inserted that adds a line or a microtask turn.
final class FrameRewriter extends NodeVisitor<LexicalContext> {

  private static final String ENTER = "const __wf_c=__wf_e();";
  private static final String RESTORE = "__wf_r(__wf_c);";

  private final String text;
  private final FunctionNode program;
  private final IdentityHashMap<FunctionNode, Integer> suspending;
  private final boolean programIsBody;
  private final @Nullable FunctionNode main;
  private final Edits edits;
  private final Deque<FunctionNode> functions = new ArrayDeque<>();
  private final Map<Integer, Integer> labelled = new HashMap<>();

  /// The number of each await of the body or its main function, by its offset, in order.
  private final Map<Integer, Integer> sites = new LinkedHashMap<>();

  FrameRewriter(String text, ParsedProgram program, Edits edits) {
    this(text, program, null, edits);
  }

  /// @param main the function that runs once the body has ended, if there is one
  FrameRewriter(String text, ParsedProgram program, @Nullable FunctionNode main, Edits edits) {
    super(new LexicalContext());
    this.text = text;
    this.program = program.root();
    this.suspending = program.suspending();
    this.programIsBody = program.async();
    this.main = main;
    this.edits = edits;
  }

  /// Collects the edits; answers with the offsets of the awaits that have a number.
  int[] rewrite() {
    program.accept(this);
    return sites.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public boolean enterFunctionNode(FunctionNode function) {
    functions.push(function);
    if (!inProgram() && suspending.containsKey(function)) {
      enterSuspending(function);
    }
    return true;
  }

  @Override
  public Node leaveFunctionNode(FunctionNode function) {
    functions.pop();
    return function;
  }

  private void enterSuspending(FunctionNode function) {
    Block body = body(function);
    if (text.charAt(body.getStart()) == '{') {
      edits.bracket(Edits.Kind.FUNCTION, body.getStart() + 1, body.getFinish(), ENTER, "");
    } else {
      edits.bracket(
          Edits.Kind.FUNCTION,
          body.getStart(),
          endOfExpression(body.getFinish()),
          "{" + ENTER + "return ",
          "}");
    }
  }

  /// With defaults or patterns among the parameters, a block of parameters holds the real body.
  private static Block body(FunctionNode function) {
    Block body = function.getBody();
    return body.isParameterBlock() && body.getLastStatement() instanceof BlockStatement inner
        ? inner.getBlock()
        : body;
  }

  @Override
  public boolean enterUnaryNode(UnaryNode node) {
    if (!rewriting()) {
      return true;
    }
    if (node.isTokenType(TokenType.AWAIT)) {
      await(node);
    } else if (ParsedProgram.isYield(node)) {
      int start = Token.descPosition(node.getToken());
      int end = endOfExpression(node.getExpression().getFinish());
      edits.bracket(Edits.Kind.EXPRESSION, start, end, "__wf_r(__wf_c,", ")");
    }
    return true;
  }

  private void await(UnaryNode node) {
    int start = Token.descPosition(node.getToken());
    int operand = start + "await".length();
    int end = endOfExpression(node.getExpression().getFinish());
    edits.bracket(Edits.Kind.EXPRESSION, start, end, "__wf_r(__wf_c,", ")");
    edits.bracket(Edits.Kind.OPERAND, operand, end, " __wf_a(__wf_c,", site(start) + ")");
  }

  private String site(int offset) {
    if (!programIsBody || !(inProgram() || functions.getFirst().equals(main))) {
      return "";
    }
    int next = sites.size();
    var known = sites.putIfAbsent(offset, next);
    return "," + (known == null ? next : known);
  }

  @Override
  public boolean enterLabelNode(LabelNode node) {
    int start = labelled.getOrDefault(node.getStart(), node.getStart());
    labelled.put(node.getBody().getStart(), start);
    return true;
  }

  @Override
  public boolean enterForNode(ForNode loop) {
    if (!loop.isForAwaitOf()) {
      return true;
    }
    int keyword = Token.descPosition(loop.getToken());
    int start = labelled.getOrDefault(keyword, keyword);
    int end = endOfStatement(loop);
    edits.bracket(Edits.Kind.LOOP, start, end, "{", RESTORE + "}");
    int source = loop.getModify().getExpression().getStart();
    int sourceEnd = endOfExpression(loop.getModify().getExpression().getFinish());
    // Without a blank between the two, `of[]` would become one name.
    String blank = Character.isJavaIdentifierPart(text.charAt(source - 1)) ? " " : "";
    edits.bracket(
        Edits.Kind.OPERAND, source, sourceEnd, blank + "__wf_i(__wf_c,", site(keyword) + ")");
    Block body = loop.getBody();
    if (text.charAt(body.getStart()) == '{' && !body.isSynthetic()) {
      edits.bracket(Edits.Kind.BODY, body.getStart() + 1, body.getFinish(), RESTORE, "");
    } else {
      edits.bracket(Edits.Kind.BODY, body.getStart(), end, "{" + RESTORE, "}");
    }
    return true;
  }

  /// The node of a tagged template ends before its closing backtick. Where an expression can end, a
  /// backtick is nothing else: it would have made a tag of what stands before it.
  private int endOfExpression(int finish) {
    return finish < text.length() && text.charAt(finish) == '`' ? finish + 1 : finish;
  }

  /// A statement's node may end before its semicolon, or before the quote that ends a text in it;
  /// brackets belong behind both.
  private int endOfStatement(ForNode loop) {
    int end = loop.getFinish();
    var expression = lastExpression(loop.getBody());
    return behindSemicolon(
        expression == null ? end : Math.max(end, endOfExpression(expression.getFinish())));
  }

  /// The expression with which a body without braces ends; null if it ends otherwise.
  private @Nullable Expression lastExpression(@Nullable Block body) {
    if (body == null || text.charAt(body.getStart()) == '{') {
      return null;
    }
    return switch (body.getLastStatement()) {
      case ExpressionStatement statement -> statement.getExpression();
      case ReturnNode statement -> statement.getExpression();
      case ThrowNode statement -> statement.getExpression();
      case BlockStatement block -> lastExpression(block.getBlock());
      case LabelNode label -> lastExpression(label.getBody());
      case ForNode loop -> lastExpression(loop.getBody());
      case WhileNode loop when !loop.isDoWhile() -> lastExpression(loop.getBody());
      case IfNode choice ->
          lastExpression(choice.getFail() == null ? choice.getPass() : choice.getFail());
      case null, default -> null;
    };
  }

  private int behindSemicolon(int finish) {
    char last = text.charAt(finish - 1);
    if (last == '}' || last == ';') {
      return finish;
    }
    int at = finish;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == ';' ? at + 1 : finish;
  }

  @Override
  public boolean enterCatchNode(CatchNode node) {
    var block = node.getBody();
    String restore = rewriting() ? RESTORE : "";
    String clean =
        node.getException() instanceof IdentNode name && node.getDestructuringPattern() == null
            ? "__wf_k(" + text.substring(name.getStart(), name.getFinish()) + ");"
            : "";
    edits.bracket(Edits.Kind.BLOCK, block.getStart() + 1, block.getFinish(), restore + clean, "");
    return true;
  }

  @Override
  public boolean enterTryNode(TryNode node) {
    if (node.getFinallyBody() != null && rewriting()) {
      var block = node.getFinallyBody();
      edits.bracket(Edits.Kind.BLOCK, block.getStart() + 1, block.getFinish(), RESTORE, "");
    }
    return true;
  }

  private boolean rewriting() {
    return inProgram() ? programIsBody : suspending.containsKey(functions.getFirst());
  }

  /// Whether the visit is in the program's own statements, not in a function of it.
  private boolean inProgram() {
    return functions.size() == 1;
  }
}
