/// What could be better in the memory, proposed to the user (M24). Entries that say the same are
/// found by comparing them; what is wrong or out of date by now, a model finds in what the sessions
/// of the last days said.
@NullMarked
package mimo.agent.dream;

import org.jspecify.annotations.NullMarked;
