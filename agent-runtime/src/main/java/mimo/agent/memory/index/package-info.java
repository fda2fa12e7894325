/// Finds what is remembered by its words: sections of Markdown in a full-text index that may be
/// deleted at any time, since everything in it can be read again. Words count in their stem, inside
/// longer words and, in Chinese, Japanese and Korean, in pairs of characters. Each hit can say why
/// it is one.
@NullMarked
package mimo.agent.memory.index;

import org.jspecify.annotations.NullMarked;
