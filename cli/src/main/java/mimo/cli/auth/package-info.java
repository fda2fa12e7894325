/// The keys of providers that the user has stored with mimo (A19).
///
/// [mimo.cli.auth.AuthFile] is the file they are in, for its owner alone. Each key is bound to the
/// origin for which it was stored.
@NullMarked
package mimo.cli.auth;

import org.jspecify.annotations.NullMarked;
