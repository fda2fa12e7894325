/// How many tokens a model will count in what it is about to be sent (K24).
///
/// A [mimo.agent.estimate.Weight] is what a text weighs before anybody counts tokens: its
/// characters, of words, of code and of wide scripts apart. A [mimo.agent.estimate.TokenEstimator]
/// learns from each reply of one model what such characters come to there; until it has heard
/// enough it says rather too many. A [mimo.agent.estimate.RequestEstimate] says by it what the next
/// request is going to use.
@NullMarked
package mimo.agent.estimate;

import org.jspecify.annotations.NullMarked;
