# shellcheck shell=sh
# Makes the JVM's ahead-of-time cache, which halves the time to the first answer. To be sourced by ./quorate.
#
# A cache belongs to one program, one JDK and one set of options; it lies beside the jar it was made from and goes
# when that goes. The JVM itself ignores a cache that does not fit, so a wrong one costs time, never correctness.

aot_log=$root/target/launcher-aot.log
aot_limit_seconds=120

# Sets aot_cache to the cache for $jar on this JDK, made when there is none, or to nothing when it cannot be made.
make_aot_cache() {
  aot_key=$(printf '%s\n' "$JAVA_HOME" "$jdk_build" "$jvm_options" | cksum)
  aot_cache=$program/${aot_key%% *}.aot
  [ ! -f "$aot_cache" ] || return 0
  # One failure is enough: the reason will not go away before the program or the JDK changes.
  if [ -f "$aot_cache.failed" ] || [ ! -w "$program" ]; then
    aot_cache=''
    return 0
  fi
  enter_lock
  if [ ! -f "$aot_cache" ]; then
    train_aot_cache
  fi
  leave_lock
}

# A node on a data directory of its own answers some requests and ends; the JVM writes what it has learned.
train_aot_cache() {
  # shellcheck disable=SC2034  # run_watched shows it
  progress='preparing a fast start'
  rm -rf "$work"/training.*
  unfinished=$(mktemp -d "$work/training.XXXXXX")
  # shellcheck disable=SC2086
  if run_watched "$aot_log" "$aot_limit_seconds" "$JAVA_HOME/bin/java" $jvm_options -Xmx512m \
    "-XX:AOTCacheOutput=$unfinished/cache" -jar "$jar" train --data "$unfinished/data" &&
    [ -f "$unfinished/cache" ]; then
    mv -f "$unfinished/cache" "$aot_cache"
  else
    say "no fast start: the ahead-of-time cache could not be made ($aot_log says why)"
    touch "$aot_cache.failed"
    aot_cache=''
  fi
}
