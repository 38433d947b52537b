#!/bin/sh
# Finds a Chromium for the browser tests, or installs the distribution's where that needs no question.
# Without one: fails when NEED_BROWSER=1, says so and goes on otherwise (the tests are then skipped, loudly).
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1
fi
if command -v chromium >/dev/null 2>&1; then exit 0; fi
echo "No Chromium was found: install one (Debian: apt-get install chromium) or name it in CHROMIUM." >&2
if [ "${NEED_BROWSER:-}" = 1 ]; then exit 1; fi
exit 0
