/// What a run asks of the server: each [Operation] writes requests and judges answers, a [Workload]
/// picks the operation of each request. They keep no state of a single request and are shared by
/// all clients.
@NullMarked
package dev.quorate.bench.workload;

import org.jspecify.annotations.NullMarked;
