package mimo.agent.session;

import mimo.agent.session.SessionFact.Rebuilt;

/// Where in a conversation the model is told something in place of what was said before (K17).
///
/// @param at how many messages had been said by then
public record Boundary(int at, Rebuilt rebuilt) {}
