@NullMarked
package mimo.workflows;

import org.jspecify.annotations.NullMarked;
