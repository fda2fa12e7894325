/// Programs of the user that are told of what agents do, and may narrow what they may (A85-A89).
///
/// [mimo.agent.hook.HookSettings] and [mimo.agent.hook.ClaudeSettings] read how they are
/// configured, [mimo.agent.hook.HookSet] holds them, and each agent has its own
/// [mimo.agent.tool.Hooks] of them. What a hook says is data, and nothing it says allows anything.
@NullMarked
package mimo.agent.hook;

import org.jspecify.annotations.NullMarked;
