/// What every protocol over HTTP has in common: one try, its events, its reply, its faults (A16).
///
/// A [mimo.agent.provider.wire.Protocol] writes a request and reads events; everything else is the
/// same for all. What a provider's refusals mean stands in one place,
/// [mimo.agent.provider.wire.Faults].
@NullMarked
package mimo.agent.provider.wire;

import org.jspecify.annotations.NullMarked;
