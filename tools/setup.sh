#!/usr/bin/env bash
# Makes this checkout ready:  tools/setup.sh run|test|build|peers
#
#   run    .venv with what the sidebar needs, the libraries Qt opens a window with, a Japanese font
#   test   the same, the test and check tools, and the X programs the window tests use
#   build  the same as test, and what PyInstaller needs
#   peers  the same as test, and the programs that benchmarks/peers compares: Chromium, CopyQ, and
#          Plover in an environment of its own (build/peers)
#
# Says what it installs on the system before it does. Done once, it does nothing until
# pyproject.toml, this script or the place of the checkout changes.
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-run}
venv=.venv

case $what in
  run) extra='' ;;
  test | build | peers) extra='[dev]' ;;
  *) echo "usage: tools/setup.sh run|test|build|peers" >&2; exit 2 ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }

# ---- done already? ------------------------------------------------------------------------------

state=$({ pwd -P; cat pyproject.toml tools/setup.sh; } | cksum)
# build covers test, as peers does, and test covers run.
case $what in
  run) covering='run test build peers' ;;
  test) covering='test build peers' ;;
  *) covering=$what ;;
esac
plover=build/peers/bin/plover # `make clean` takes it away
if [ -x "$venv/bin/python" ] && { [ "$what" != peers ] || [ -x $plover ]; }; then
  for done_before in $covering; do
    if [ "$(cat "$venv/.ready-$done_before" 2>/dev/null)" = "$state" ]; then exit 0; fi
  done
fi

# ---- what the system lacks ----------------------------------------------------------------------
# Asked by library and by command, not by package: names of packages differ between releases
# (libglib2.0-0 is libglib2.0-0t64 on newer ones), and apt takes the old name for either.

missing=()

# Neither here nor below is there a `| grep -q`: grep would leave before the other has said
# everything, and pipefail minds that.
known_libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
has_library() { [[ $known_libraries == *"$1 "* ]]; }

need_library() { has_library "$2" || missing+=("$1"); }
need_command() { command -v "$2" >/dev/null || missing+=("$1"); }

has_japanese_font() {
  if command -v fc-list >/dev/null; then
    [ -n "$(fc-list :lang=ja family)" ]
  else
    find -L /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts \
      \( -iname 'vl-*gothic*' -o -iname 'ipa*' -o -iname 'noto*cjk*' -o -iname 'takao*' \
      -o -iname 'mplus*' -o -iname 'migu*' -o -iname 'bizud*' \) -print 2>/dev/null | grep . >/dev/null
  fi
}

# The newest Python that pyproject.toml allows, the system's own `python3` first.
find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && "$candidate" -c \
      'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
}

is_debian() { grep -q '^ID=debian' /etc/os-release 2>/dev/null; }

has_chromium() {
  local candidate
  for candidate in chromium-headless-shell chromium chromium-browser google-chrome; do
    if command -v "$candidate" >/dev/null; then return 0; fi
  done
  return 1
}

look_for_what_linux_lacks() {
  # Qt, for a window under X11 and for none at all.
  need_library libegl1 libEGL.so.1
  need_library libgl1 libGL.so.1
  need_library libdbus-1-3 libdbus-1.so.3
  need_library libfontconfig1 libfontconfig.so.1
  need_library libglib2.0-0 libglib-2.0.so.0
  need_library libxcb-cursor0 libxcb-cursor.so.0
  need_library libxcb-icccm4 libxcb-icccm.so.4
  need_library libxcb-keysyms1 libxcb-keysyms.so.1
  need_library libxcb-shape0 libxcb-shape.so.0
  need_library libxkbcommon-x11-0 libxkbcommon-x11.so.0
  has_japanese_font || missing+=(fonts-vlgothic)

  if [ "$what" != run ]; then
    need_library libbrotli1 libbrotlidec.so.1 # QtNetwork: the tests of the door of Windows
    need_command xvfb Xvfb
    need_command openbox openbox
    need_command xfwm4 xfwm4
    need_command x11-xkb-utils setxkbmap
    need_command xdotool xdotool
    need_command x11-utils xprop
    need_command wmctrl wmctrl
    need_command xterm xterm
    need_command dbus dbus-daemon
    need_command fcitx5 fcitx5
    [ -e /usr/share/fcitx5/inputmethod/anthy.conf ] || missing+=(fcitx5-anthy)
    # Ubuntu has Chromium only as a snap: there a browser that is installed is used, or none.
    if is_debian && ! has_chromium; then missing+=(chromium-headless-shell); fi
  fi
  if [ "$what" = build ]; then need_command binutils objdump; fi
  if [ "$what" = peers ]; then
    if is_debian; then need_command chromium chromium; fi
    need_command copyq copyq
    # What Plover stands on is compiled where it is installed.
    need_command gcc gcc
    [ -e /usr/include/xkbcommon/xkbcommon.h ] || missing+=(libxkbcommon-dev)
  fi
}

look_for_python() {
  python=$(find_python)
  if [ -z "$python" ]; then
    # A system whose python3 is too old may still have a newer one to offer.
    local newer
    for newer in python3.13 python3.12 python3.11; do
      if apt-cache show "$newer-venv" >/dev/null 2>&1; then
        missing+=("$newer" "$newer-venv")
        return
      fi
    done
    missing+=(python3 python3-venv)
    return
  fi
  local real
  real=$(readlink -f "$python") # python3 is a link to, say, python3.11
  if [ ! -x "$venv/bin/python" ] && ! "$python" -c 'import ensurepip' 2>/dev/null; then
    missing+=("$(basename "$real")-venv")
  fi
  if [ "$what" = peers ] && [ ! -e "$("$python" -c \
    'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ]; then
    missing+=("$(basename "$real")-dev")
  fi
  if [ "$what" = build ]; then
    # PyInstaller packs the shared libpython, which Debian keeps in a package of its own.
    local library
    library=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("INSTSONAME") or "")')
    if [[ $library == *.so* ]] && ! has_library "$library" \
      && [ ! -e "$(dirname "$real")/../lib/$library" ]; then
      missing+=("lib$(basename "$real")")
    fi
  fi
}

install_what_is_missing() {
  if ! command -v apt-get >/dev/null; then
    say "not a Debian or Ubuntu; please install what these hold there, going on: ${missing[*]}"
    return 1
  fi
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "neither root nor sudo here; please have these installed, going on: ${missing[*]}"
      return 1
    fi
    as_root=(sudo)
    if [ ! -t 0 ]; then as_root+=(-n); fi
  fi
  say "installing system packages: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  local log
  log=$(mktemp)
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    say "apt-get could not install them; going on without: ${missing[*]}"
    return 1
  fi
  rm -f "$log"
}

system_ready=yes
python=''
if [ "$(uname -s)" = Linux ]; then
  look_for_what_linux_lacks
  look_for_python
  if [ ${#missing[@]} -gt 0 ]; then install_what_is_missing || system_ready=no; fi
fi
[ -n "$python" ] || python=$(find_python)
if [ -z "$python" ]; then
  say "Python 3.11, 3.12 or 3.13 is needed, and none was found"
  exit 1
fi

# ---- the Python side ----------------------------------------------------------------------------

if ! "$venv/bin/python" -c '' 2>/dev/null; then
  say "making $venv with $("$python" --version)"
  "$python" -m venv --clear "$venv"
fi

say "installing yorisoi$extra and what it depends on into $venv"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "$venv/bin/python" -m pip install -qq --disable-pip-version-check --editable ".$extra" \
  2>"$log"; then
  # Offline with everything in place is no reason to stop.
  modules='PySide6.QtWidgets, sqlite_utils, msgspec, platformdirs, tomlkit, budoux'
  if [ "$(uname -s)" = Linux ]; then modules+=', Xlib, jeepney'; fi
  if [ -n "$extra" ]; then modules+=', pytest, pytestqt, hypothesis, mypy, importlinter, pypdfium2'; fi
  if ! "$venv/bin/python" -c "import $modules" 2>/dev/null; then
    tail -n 20 "$log" >&2
    say "pip could not install what is needed (is there a network?)"
    exit 1
  fi
  say "pip could not look for changes; going on with what is there"
  exit 0
fi

if [ "$what" = peers ] && [ ! -x $plover ]; then
  say "installing Plover into build/peers"
  "$python" -m venv --clear build/peers
  build/peers/bin/python -m pip install -qq --disable-pip-version-check 'plover[gui-qt]'
fi

if [ $system_ready = yes ]; then printf '%s\n' "$state" >"$venv/.ready-$what"; fi
