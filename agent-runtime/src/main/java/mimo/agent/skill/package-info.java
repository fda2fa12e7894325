/// Skills: instructions for kinds of tasks that an agent loads when it meets one (A37).
///
/// [mimo.agent.skill.SkillList] is what each agent is told of them first, and
/// [mimo.agent.skill.SkillTool] gives the rest to who asks. Where they lie, and whether a
/// repository is trusted with them, is the business of [mimo.agent.skill.Skills].
@NullMarked
package mimo.agent.skill;

import org.jspecify.annotations.NullMarked;
