/// Runs the bodies of steps: many at once, but never more than a named limit allows.
///
/// Every body has a virtual thread of its own. What waits for a permit has none yet; it waits in
/// the order in which it came.
@NullMarked
package mimo.engine.scheduling;

import org.jspecify.annotations.NullMarked;
