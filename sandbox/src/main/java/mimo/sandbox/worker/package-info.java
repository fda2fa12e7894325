/// The main program of the child process.
///
/// [WorkerMain] reads frames from its standard input, hands them to the engine, and writes frames
/// to its standard output. It trusts neither side with its life: a closed pipe halts it at once.
@NullMarked
package mimo.sandbox.worker;

import org.jspecify.annotations.NullMarked;
