/// Nodes for tests: in this process ([dev.quorate.testkit.TestNode]) or as processes of their own
/// that can be killed ([dev.quorate.testkit.NodeProcess]), alone or as a mesh
/// ([dev.quorate.testkit.Mesh]) with faults in the lines between them
/// ([dev.quorate.testkit.FaultProxy]), and a small client that speaks JSON to them.
@NullMarked
package dev.quorate.testkit;

import org.jspecify.annotations.NullMarked;
