/// Workflows that the agent of a session starts and follows (A42).
///
/// [mimo.agent.workflow.WorkflowTool] is what a model sees of them. Whoever has the runs implements
/// [mimo.agent.workflow.WorkflowLauncher]; [mimo.agent.workflow.SessionRuns] are those that one
/// session has at work, and what they come to comes in by itself.
@NullMarked
package mimo.agent.workflow;

import org.jspecify.annotations.NullMarked;
