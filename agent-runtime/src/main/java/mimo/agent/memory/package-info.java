/// What agents know from one session to the next, as Markdown that its user may edit at any time.
/// Here are the files, who may say what of each entry's origin, and the one way in which entries
/// are written: read, merged and replaced as a whole, so that nobody's words are lost. What is
/// found by its words is found by the package below.
@NullMarked
package mimo.agent.memory;

import org.jspecify.annotations.NullMarked;
