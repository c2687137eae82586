/// A mesh on one machine, for trying and testing: each node a process of its own on loopback, with
/// its own directory and key, and with the keys of the others enrolled. The entry is
/// [dev.quorate.localmesh.LocalMesh].
@NullMarked
package dev.quorate.localmesh;

import org.jspecify.annotations.NullMarked;
