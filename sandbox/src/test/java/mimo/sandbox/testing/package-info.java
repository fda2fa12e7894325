/// What the tests of this room share: a driver that plays the caller of a guest, and the settings
/// with which tests start real workers.
///
/// The doubles here are hand-written and small.
@NullMarked
package mimo.sandbox.testing;

import org.jspecify.annotations.NullMarked;
