// Runs before the first paint, as a blocking script, because the policy of the
// site allows no script in the page: elder mode (长辈模式) must not flash in.
// It only sets attributes on <html>; style sheets and main.ts do the rest.
(function (root) {
  root.setAttribute('data-js', '')
  if ('speechSynthesis' in window && 'SpeechSynthesisUtterance' in window) root.setAttribute('data-speech', '')
  try {
    if (localStorage.getItem('gongkai.elder') === '1') root.setAttribute('data-elder', '')
  } catch {
    // Storage is switched off: the mode then lasts for one page.
  }
})(document.documentElement)
