import { createI18n } from 'vue-i18n'

export const LANGUAGES = ['id', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
const KEY = 'pantau.language'

/** A text file: nested objects whose leaves are texts. */
export interface Texts {
  [key: string]: string | Texts
}

const loaders: Record<Language, () => Promise<{ default: Texts }>> = {
  id: () => import('./id'),
  en: () => import('./en'),
}
const loaded = new Set<Language>()

export const i18n = createI18n({
  legacy: false,
  locale: 'id' as string,
  fallbackLocale: false,
  messages: {} as Record<string, Texts>,
  // "1 kamera | {n} kamera": Indonesian has no plural, so its texts hold one form.
  missingWarn: import.meta.env.DEV,
})

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language)
}

/** What this browser chose before, else what it prefers; Indonesian when neither is known. */
export function preferredLanguage(): Language {
  const asked = document.documentElement.lang
  return isLanguage(asked) ? asked : 'id'
}

/** Loads the texts of a language and switches to it. Only the language in use is ever downloaded. */
export async function useLanguage(language: Language): Promise<void> {
  if (!loaded.has(language)) {
    const texts = await loaders[language]()
    i18n.global.setLocaleMessage(language, texts.default)
    loaded.add(language)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

/** What somebody chose in this browser; it wins over what their account says. */
export function chosenLanguage(): Language | undefined {
  try {
    const chosen = localStorage.getItem(KEY)
    return isLanguage(chosen) ? chosen : undefined
  } catch {
    return undefined
  }
}

export function rememberLanguage(language: Language) {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Storage may be blocked: the choice then lasts until the page is left.
  }
}
