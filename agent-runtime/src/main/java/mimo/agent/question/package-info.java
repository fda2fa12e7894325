/// What an agent asks the person it works for (A42).
///
/// [mimo.agent.question.QuestionTool] is what a model sees of it; whoever shows questions
/// implements [mimo.agent.question.Asker].
@NullMarked
package mimo.agent.question;

import org.jspecify.annotations.NullMarked;
