/// A lean HTTP/1.1 client for measuring: one blocking keep-alive connection, one request at a time,
/// one write and mostly one read a request, buffers that are used again. It leaves out what a
/// benchmark does not need: TLS, redirects, compression, trailers. Entry types: [Connection], which
/// sends a [Call] and answers a [Response].
@NullMarked
package dev.quorate.bench.wire;

import org.jspecify.annotations.NullMarked;
