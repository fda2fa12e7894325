/// The script engine and everything that touches it.
///
/// [GuestEngine] holds one engine and one realm under the policy CONSTRAINED and speaks with its
/// caller in text only. The kernel, small JavaScript files among the resources, runs first: it
/// takes away names, freezes the realm, and keeps the clock, the randomness and the logical frame.
@NullMarked
package mimo.sandbox.graal;

import org.jspecify.annotations.NullMarked;
