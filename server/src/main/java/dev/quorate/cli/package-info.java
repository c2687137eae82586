/// The command line: starts a node, or talks to one over HTTP, or works on the files of a stopped
/// one. The only package that touches the standard streams and ends the process. Entry type:
/// [dev.quorate.cli.Main].
@NullMarked
package dev.quorate.cli;

import org.jspecify.annotations.NullMarked;
