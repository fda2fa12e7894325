/// Doubles for tests of scripts: a run that answers from a function, without journal or models.
@NullMarked
package mimo.compose.testing;

import org.jspecify.annotations.NullMarked;
