# shellcheck shell=sh
# Finds the JDK that Quorate is built and run with. To be sourced, with the repository's directory in $root.
#
# find_jdk takes the JDK that JAVA_HOME names, else the one behind `java` on the PATH, else the newest in the places
# that launcher/jvm-places lists; each only if it is JDK 25 or newer with a compiler. It exports JAVA_HOME and sets
# jdk_version and jdk_build, or fails when there is none. Versions come from the file `release` in each JDK: starting
# a JVM to ask it would cost more than everything else the launcher does.

jdk_feature_min=25

# shellcheck disable=SC2034  # for whoever sources this
jdk_missing="no JDK $jdk_feature_min or newer was found: install one (apt-get install openjdk-25-jdk-headless,\
 brew install openjdk, or Eclipse Temurin 25) or let JAVA_HOME name one"

find_jdk() {
  jdk_home='' jdk_best_rank=0
  if [ -n "${JAVA_HOME-}" ]; then
    consider_jdk "$JAVA_HOME"
  fi
  if [ -z "$jdk_home" ] && jdk_path=$(command -v java); then
    consider_jdk "$(home_of_command "$jdk_path")"
  fi
  if [ -z "$jdk_home" ]; then
    consider_places
  fi
  [ -n "$jdk_home" ] || return 1
  JAVA_HOME=$jdk_home
  export JAVA_HOME
}

consider_places() {
  while IFS= read -r jdk_place; do
    case $jdk_place in
      '~'*) jdk_place=${HOME-}${jdk_place#?} ;;
    esac
    # With an empty IFS the pattern is expanded, but a blank in a path splits nothing.
    IFS=''
    # shellcheck disable=SC2086
    set -- $jdk_place
    unset IFS
    for jdk_candidate; do
      consider_jdk "$jdk_candidate"
    done
  done <"$root/launcher/jvm-places"
}

# Takes the JDK at $1 if it is new enough and newer than the one taken before.
consider_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  jdk_release_version='' jdk_release_build=''
  while IFS= read -r jdk_line; do
    jdk_line=${jdk_line%\"}
    case $jdk_line in
      JAVA_VERSION=*) jdk_release_version=${jdk_line#*=\"} ;;
      JAVA_RUNTIME_VERSION=*) jdk_release_build=${jdk_line#*=\"} ;;
    esac
  done <"$1/release"
  rank_version "$jdk_release_version"
  if [ "$rank" -ge $((jdk_feature_min * 1000000)) ] && [ "$rank" -gt "$jdk_best_rank" ]; then
    jdk_home=$1 jdk_best_rank=$rank
    # shellcheck disable=SC2034  # for whoever sources this
    jdk_version=$jdk_release_version jdk_build=$jdk_release_build
  fi
}

# Sets rank to a number that orders versions: 25.0.3 is 25000003, and so is 25.0.3-ea.
rank_version() {
  rank=0
  case $1 in
    [0-9]*) ;;
    *) return 0 ;;
  esac
  IFS=.
  # shellcheck disable=SC2086
  set -- ${1%%[!0-9.]*}
  unset IFS
  rank=$((${1:-0} * 1000000 + ${2:-0} * 1000 + ${3:-0}))
}

# Prints the directory above bin/ of the program at $1, whose links are followed.
home_of_command() {
  jdk_command=$1
  while [ -h "$jdk_command" ]; do
    jdk_link=$(readlink "$jdk_command")
    case $jdk_link in
      /*) jdk_command=$jdk_link ;;
      *) jdk_command=$(dirname "$jdk_command")/$jdk_link ;;
    esac
  done
  (CDPATH='' cd -- "$(dirname -- "$jdk_command")/.." && pwd -P)
}
