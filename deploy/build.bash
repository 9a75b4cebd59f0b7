# Sourced by deploy/demo and tests/run: one way to configure and build, and to say what is going on.
# shellcheck shell=bash

# The same file compiled in another clone of the project is found again.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

say() { printf '[%4d s] %s\n' "$SECONDS" "$*"; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# configure PRESET [-DNAME=VALUE...]: quietly, unless it fails. A build folder that has these values already is left to
# ninja, which configures anew by itself when a CMakeLists.txt has changed.
configure() {
    local preset=$1 output value known=true
    shift
    [[ -f build/$preset/build.ninja ]] || known=false
    for value in "$@"; do
        value=${value#-D}
        grep -qs "^${value%%=*}:[A-Z]*=${value#*=}\$" "build/$preset/CMakeCache.txt" || known=false
    done
    if $known; then
        return
    fi
    say "Configuring build/$preset"
    output=$(cmake --preset "$preset" "$@" 2>&1) || die "$output"
}

# build PRESET TARGET...: ninja's own progress on a terminal, only what goes wrong elsewhere.
build() {
    local preset=$1 flags=()
    shift
    [[ -t 1 ]] || flags=(--quiet)
    say "Building build/$preset: $*"
    ninja "${flags[@]}" -C "build/$preset" "$@" </dev/null
}
