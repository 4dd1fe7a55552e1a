// Sets theme and language before the first paint, so that nothing flashes. A file of its own, because the
// content security policy allows no inline script. Keys: src/theme/useTheme.ts and src/i18n/index.ts.
(function () {
  var root = document.documentElement
  var theme = null
  var language = null
  try {
    theme = localStorage.getItem('pantau.theme')
    language = localStorage.getItem('pantau.language')
  } catch {
    // Storage may be blocked; the defaults below hold.
  }
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.lang = language || (navigator.language.indexOf('en') === 0 ? 'en' : 'id')
})()
