@NullMarked
package mimo.cli;

import org.jspecify.annotations.NullMarked;
