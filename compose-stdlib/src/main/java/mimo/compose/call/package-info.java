/// What each host function asks of the engine, and how its outcome goes back to the script.
///
/// One class for one function: it shapes the request with its content key, and knows which outcomes
/// are values, which are losses, and which the script may catch.
@NullMarked
package mimo.compose.call;

import org.jspecify.annotations.NullMarked;
