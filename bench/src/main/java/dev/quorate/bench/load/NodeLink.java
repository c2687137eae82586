package dev.quorate.bench.load;

import dev.quorate.bench.wire.Connection;
import java.util.concurrent.atomic.LongAdder;

/// A client's connection to one node, with the counts that all clients of that node share.
record NodeLink(Connection connection, LongAdder succeeded, LongAdder failed) {}
