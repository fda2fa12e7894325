@NullMarked
package mimo.compose;

import org.jspecify.annotations.NullMarked;
