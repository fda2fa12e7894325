/// The way of agents back to everything that was said in the sessions of their workspace. Nothing
/// is ever removed from that but by its user, so what a summary has left out is found here. Texts
/// are shown as data, in pieces, each with the name by which its surroundings can be asked for.
@NullMarked
package mimo.agent.history;

import org.jspecify.annotations.NullMarked;
