# Sets up what nsc needs on a Debian or Ubuntu machine, and builds it. Sourced by the other scripts, which set `root` to
# the repository's folder first. Everything it says goes to standard error.

dotnet_major=10
oldest_llvm=17
preferred_llvm=19

fail() { # STATUS MESSAGE...
    status=$1
    shift
    printf 'nsc: %s\n' "$@" >&2
    exit "$status"
}

# One LLVM version with clang, libclang and libLLVM, as src/Nsc.FrontEnd/Tools/Toolchain.cs looks for it.
has_llvm() {
    for llvm in /usr/lib/llvm-*; do
        version=${llvm##*-}
        case $version in *[!0-9]*) continue ;; esac
        [ "$version" -ge $oldest_llvm ] && [ -x "$llvm/bin/clang" ] || continue
        for libclang in "$llvm"/lib/libclang-"$version".so.1 "$llvm"/lib/libclang.so.1; do
            [ -e "$libclang" ] || continue
            for folder in "$llvm"/lib /usr/lib/*-linux-gnu*; do # Some releases link libLLVM into its own folder, some do not.
                for libllvm in "$folder"/libLLVM.so."$version".1 "$folder"/libLLVM-"$version".so "$folder"/libLLVM-"$version".so.1; do
                    [ -e "$libllvm" ] && return 0
                done
            done
        done
    done
    return 1
}

# The version to install: 19 if the distribution has it, else the newest from 17 up.
offered_llvm() {
    versions=$(apt-cache search --names-only '^clang-[0-9]+$' 2>/dev/null | sed 's/^clang-\([0-9]*\) .*/\1/' | sort -rn)
    for version in $preferred_llvm $versions; do
        [ "$version" -ge $oldest_llvm ] && printf '%s\n' "$versions" | grep -qx "$version" && echo "$version" && return
    done
}

install_llvm() {
    command -v apt-get >/dev/null || fail 4 "clang, libclang and libLLVM of one version from $oldest_llvm up are missing from /usr/lib/llvm-*; install them"
    if [ "$(id -u)" -ne 0 ]; then
        version=$(offered_llvm)
        version=${version:-$preferred_llvm}
        fail 4 "clang is missing; install it with" "    sudo apt-get update && sudo apt-get install -y clang-$version"
    fi
    echo "nsc: installing clang" >&2
    apt-get update -qq >&2 || fail 4 "apt-get update failed"
    version=$(offered_llvm)
    [ -n "$version" ] || fail 4 "this distribution offers no clang from $oldest_llvm up; see https://apt.llvm.org"
    # clang-N depends on libclang, libLLVM and the C library's headers.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "clang-$version" >&2 ||
        fail 4 "apt-get could not install clang-$version"
    has_llvm || fail 4 "clang-$version is installed, but clang, libclang and libLLVM are not all there, in /usr/lib/llvm-$version and /usr/lib"
}

# Debian's packages that a comparison needs beside nsc.
require_packages() { # PACKAGE...
    missing=
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail 4 "this needs Debian's packages$missing, and apt-get is missing"
    if [ "$(id -u)" -ne 0 ]; then
        fail 4 "packages are missing; install them with" "    sudo apt-get update && sudo apt-get install -y$missing"
    fi
    echo "nsc: installing$missing" >&2
    apt-get update -qq >&2 || fail 4 "apt-get update failed"
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 || fail 4 "apt-get could not install$missing"
}

require_dotnet() {
    if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q "^$dotnet_major\."; then
        return
    fi
    fail 4 "the .NET $dotnet_major SDK is missing; install it with" \
        "    curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel $dotnet_major.0" \
        "    export PATH=\"\$HOME/.dotnet:\$PATH\""
}

setup() {
    require_dotnet
    has_llvm || install_llvm
}

# Runs a build command, silent unless it fails.
quietly() {
    if ! output=$("$@" 2>&1 </dev/null); then
        printf '%s\n' "$output" | grep -E 'error|warning' | sort -u >&2 || printf '%s\n' "$output" >&2
        fail 1 "the build failed: $*"
    fi
}
