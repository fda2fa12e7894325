/// Runs on this machine: what a command asks for, joined with engine, sandbox, models and tools.
///
/// [LocalRuns] starts and resumes; [RunOptions] is what a run remembers of its launch, so that a
/// resume launches the same. Rooms meet here and in `House`, nowhere else.
@NullMarked
package mimo.cli.run;

import org.jspecify.annotations.NullMarked;
