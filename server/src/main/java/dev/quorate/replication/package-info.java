/// The protocol that brings changes to peers, as a state machine: what happened goes in, what to do
/// next comes out. Time is a number, chance is an argument, and nothing here reads a clock, a disk
/// or a socket, so that a simulator drives the very same code from a seed. Entry types:
/// [dev.quorate.replication.PeerState] and [dev.quorate.replication.Operations].
@NullMarked
package dev.quorate.replication;

import org.jspecify.annotations.NullMarked;
