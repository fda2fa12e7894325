/// `mimo memory`: what is remembered, for whoever wants to see, correct or remove it. Everything
/// that can come into a prompt from there is listed here, with where it is from and why it was
/// found. Each command answers people in lines and programs in JSON.
@NullMarked
package mimo.cli.command.memory;

import org.jspecify.annotations.NullMarked;
