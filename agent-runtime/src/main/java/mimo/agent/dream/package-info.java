/// What could be better in the memory, as proposals that nobody has to take (M24). Entries that say
/// the same are found by comparing them; what is wrong or out of date by now, a model finds in what
/// the sessions of the last days said. A proposal is kept with what each of its changes rests on,
/// and nothing changes before the user accepts it.
@NullMarked
package mimo.agent.dream;

import org.jspecify.annotations.NullMarked;
