/// The check-up behind `mimo doctor`: what mimo needs, looked at piece by piece.
///
/// A [Check] looks at one thing and answers with [Finding]s; [Doctor] runs them all at once, each
/// within its time. Nothing is changed, and nobody beyond this machine is asked unless the user
/// says so.
@NullMarked
package mimo.cli.doctor;

import org.jspecify.annotations.NullMarked;
