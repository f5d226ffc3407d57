# Finds Chromium for the browser tests and exports CHROMIUM; to be sourced.
# Where there is none and this user may install packages, it is installed.
find_chromium() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
  done
  return 1
}
if ! CHROMIUM=$(find_chromium); then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium and a Chinese font for the browser tests" >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium fonts-noto-cjk; } >&2
  fi
  CHROMIUM=$(find_chromium) || {
    echo "The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk)" >&2
    echo "or set CHROMIUM to the path of a Chromium or Chrome, and run make e2e again." >&2
    exit 1
  }
fi
if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=zh)" ]; then
  echo "There is no Chinese font: pages are drawn in boxes (Debian, Ubuntu: apt-get install fonts-noto-cjk)." >&2
fi
export CHROMIUM
