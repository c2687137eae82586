# shellcheck shell=sh
# Builds a module when its sources are newer than what was built. To be sourced by ./quorate.
#
# What runs is a copy: target/launcher/<module>.<random>/ holds the jar, its libraries in lib/ and its AOT caches, and
# the file target/launcher/<module> names the newest. So a node keeps the files it was started from whatever is built
# meanwhile. Maven's profile `program` builds in directories of its own and leaves out tests and checks, so that a
# launch and a test run never disturb each other.

work=$root/target/launcher
lock=$work/lock
lock_wait_seconds=600
build_log=$root/target/launcher-build.log
build_limit_seconds=1800

# Sets program (a directory) and jar for the module $1, built when that is due.
build() {
  if ! is_fresh "$1"; then
    enter_lock
    # Another launcher may have built it while this one waited.
    is_fresh "$1" || build_program "$1"
    leave_lock
  fi
  for jar in "$program/quorate-$1"-*.jar; do
    [ -f "$jar" ] || refuse "$program has no jar: remove it, and ./quorate builds again"
  done
}

is_fresh() {
  program_name=''
  { read -r program_name <"$work/$1"; } 2>/dev/null || return 1
  program=$work/$program_name
  [ -f "$program/built" ] || return 1
  set -- "$root/pom.xml" "$root/server/pom.xml" "$root/server/src/main" "$root/$1/pom.xml" "$root/$1/src/main"
  [ -z "$(find "$@" -newer "$program/built" -print 2>/dev/null | head -n 1)" ]
}

build_program() {
  progress='building (first use, about a minute)'
  if [ -n "$program_name" ]; then
    progress='building (the sources have changed)'
  fi
  remove_old_programs "$1"
  program=$(mktemp -d "$work/$1.XXXXXX")
  unfinished=$program
  chmod 755 "$program"
  # Older than everything that is read from here on: a file saved during the build counts as newer.
  touch "$program/built"
  built=$root/$1/target/program
  rm -rf "${built:?}/lib" "$built"/quorate-*.jar
  maven_status=0
  run_watched "$build_log" "$build_limit_seconds" maven_package "$1" || maven_status=$?
  case $maven_status in
    0) ;;
    2)
      # ./mvnw could not even start and has said why.
      cat "$build_log" >&2
      exit 2
      ;;
    *)
      grep '^\[ERROR\] .' "$build_log" | head -n 12 >&2
      say "the build failed; all of its output is in $build_log"
      exit 1
      ;;
  esac
  cp "$built/quorate-$1"-*.jar "$program/"
  cp -R "$built/lib" "$program/"
  printf '%s\n' "${program##*/}" >"$work/$1.new"
  mv -f "$work/$1.new" "$work/$1"
  unfinished=''
}

maven_package() {
  cd "$root" && exec ./mvnw --batch-mode --no-transfer-progress -Pprogram --projects "$1" --also-make package
}

# Removes all but the newest program, which a command may be running, and those that a node runs.
remove_old_programs() {
  for old in "$work/$1".??????; do
    if [ "${old##*/}" != "$program_name" ] && ! is_used "$old"; then
      rm -rf "$old"
    fi
  done
}

# Notes that this process, which is about to become a node, runs the program. A user who may not write here runs it too.
keep_program() {
  {
    mkdir -p "$program/used-by" && touch "$program/used-by/$$"
  } 2>/dev/null || :
}

is_used() {
  for user in "$1"/used-by/*; do
    if kill -0 "${user##*/}" 2>/dev/null; then
      return 0
    fi
  done
  return 1
}

# Runs a command with its output in the file $1, for at most $2 seconds, and tells $progress to whoever waits.
run_watched() {
  watched_log=$1 watched_limit=$2
  shift 2
  began=$(date +%s)
  if [ ! -t 2 ]; then
    say "$progress ..."
  fi
  "$@" >"$watched_log" 2>&1 </dev/null &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    elapsed=$(($(date +%s) - began))
    if [ -t 2 ]; then
      printf '\rquorate: %s ... %s s ' "$progress" "$elapsed" >&2
    fi
    if [ "$elapsed" -ge "$watched_limit" ]; then
      kill "$child"
      printf 'ended by the launcher after %s s\n' "$elapsed" >>"$watched_log"
      break
    fi
    sleep 0.2 2>/dev/null || sleep 1
  done
  watched_status=0
  wait "$child" || watched_status=$?
  child=''
  if [ -t 2 ]; then
    printf '\n' >&2
  fi
  return "$watched_status"
}

# Waits until no other launcher builds. The lock is a directory, which only one process can make, with the process's
# id inside; one whose process is gone is removed.
enter_lock() {
  mkdir -p "$work" 2>/dev/null || :
  [ -w "$work" ] || refuse "cannot build: $work cannot be written"
  waited=0
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || :)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      break_lock
    elif [ "$waited" -eq 1 ]; then
      say "waiting for another launcher that builds (process ${holder:-unknown})"
    elif [ "$waited" -ge "$lock_wait_seconds" ]; then
      refuse "$lock has been held for $lock_wait_seconds s: if no other ./quorate is building, remove it"
    fi
    waited=$((waited + 1))
    sleep 1
  done
  echo "$$" >"$lock/pid"
  child='' unfinished=''
  trap leave_lock EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Two waiters may find the same dead holder; the second must not remove the lock that the first has taken since.
break_lock() {
  mkdir "$lock.breaking" 2>/dev/null || return 0
  if [ "$(cat "$lock/pid" 2>/dev/null)" = "$holder" ]; then
    rm -rf "$lock"
  fi
  rmdir "$lock.breaking"
}

leave_lock() {
  trap - EXIT HUP INT TERM
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null || :
    wait "$child" || :
    printf '\n' >&2
  fi
  if [ -n "$unfinished" ]; then
    rm -rf "$unfinished"
  fi
  rm -rf "$lock"
}
