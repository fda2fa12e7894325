/// What a provider's used-up quota means for everybody who asks it (D54).
///
/// A [mimo.agent.provider.quota.Quotas] stands between a run's agents and their models. Once a
/// provider has said that its quota is used up, nobody asks it again before it is due, and then one
/// request goes ahead of the others.
@NullMarked
package mimo.agent.provider.quota;

import org.jspecify.annotations.NullMarked;
